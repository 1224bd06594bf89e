package dev.palimpsest.suite.variant;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.MarginForm;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.margin.MarginItem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Another way to ask the items of a suite. */
public enum Variant {
  /** The choices are listed, and the model writes its answer. */
  WRITTEN {
    @Override
    Item item(Item item, Suite suite) {
      return new WrittenItem((ChoiceItem) item);
    }

    @Override
    public boolean suits(Suite suite) {
      return areChoices(suite);
    }
  },
  /** The question comes after the suite's worked examples. */
  FEW_SHOT {
    @Override
    Item item(Item item, Suite suite) {
      return FewShotItem.of((ChoiceItem) item, suite);
    }

    @Override
    public boolean suits(Suite suite) {
      return areChoices(suite) && !suite.shots().isEmpty();
    }
  },
  /**
   * The choices are listed in another order, and the base alone writes its answer again: what it
   * answers otherwise is how much a written answer depends on the order.
   */
  REORDERED {
    @Override
    Item item(Item item, Suite suite) {
      return WrittenItem.reordered((ChoiceItem) item);
    }

    @Override
    public boolean suits(Suite suite) {
      return areChoices(suite);
    }

    @Override
    public boolean explainsLosses() {
      return false;
    }

    @Override
    public boolean isOfBaseOnly() {
      return true;
    }
  },
  /** Both ways to act are offered as A and B, in both orders, and the letters are scored. */
  LETTERS {
    @Override
    Item item(Item item, Suite suite) {
      return ((MarginItem) item).in(MarginForm.LETTERS);
    }

    @Override
    public boolean suits(Suite suite) {
      return suite.info().marginForm() == MarginForm.CALIBRATED;
    }

    @Override
    public boolean explainsLosses() {
      return false;
    }
  };

  private static final String MARK = ":";

  /** Returns the name used in ids: "written" or "few-shot". */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the id that the suite has when asked this way, such as "knowledge:written". */
  public String id(String suite) {
    return suite + MARK + label();
  }

  /** Returns the variant that an id names, if it names one. */
  public static Optional<Variant> of(String id) {
    return Stream.of(values()).filter(each -> id.endsWith(MARK + each.label())).findFirst();
  }

  /** Returns the id of the suite that a variant's id is made of; any other id as it is. */
  public static String suite(String id) {
    return of(id).map(v -> id.substring(0, id.length() - v.label().length() - 1)).orElse(id);
  }

  /** Tells whether a suite can be asked this way. */
  public abstract boolean suits(Suite suite);

  /** Tells whether answers to it say why an item of the suite was lost. */
  public boolean explainsLosses() {
    return true;
  }

  /** Tells whether only the base is asked this way. */
  public boolean isOfBaseOnly() {
    return false;
  }

  /** Tells whether an id names another way to ask a suite that says why its items were lost. */
  public static boolean explains(String id, String suite) {
    return suite(id).equals(suite) && of(id).filter(Variant::explainsLosses).isPresent();
  }

  private static boolean areChoices(Suite suite) {
    return suite.items().stream().allMatch(ChoiceItem.class::isInstance);
  }

  /**
   * Returns a suite asked this way; its items keep their ids.
   *
   * @param suite one that this suits
   */
  public Suite of(Suite suite) {
    List<Item> items = suite.items().stream().map(item -> item(item, suite)).toList();
    return new Suite(suite.info().named(id(suite.id())), items, suite.shots());
  }

  abstract Item item(Item item, Suite suite);
}

package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.instruction.InstructionItem;
import dev.palimpsest.suite.margin.MarginItem;
import dev.palimpsest.suite.open.OpenItem;
import dev.palimpsest.suite.text.TextItem;
import dev.palimpsest.suite.twin.TwinItem;
import java.util.List;
import java.util.Locale;

/** The kinds of items; a new one is a package and a line here. */
public enum ItemKind {
  /** One right answer among a few. */
  CHOICE {
    @Override
    Item read(Item.Head head, ObjectNode node, MarginForm form) {
      return ChoiceItem.read(head, node);
    }
  },
  /** A task whose answer is checked by program. */
  INSTRUCTION {
    @Override
    Item read(Item.Head head, ObjectNode node, MarginForm form) {
      return InstructionItem.read(head, node);
    }
  },
  /** A good and a bad way to act. */
  MARGIN {
    @Override
    Item read(Item.Head head, ObjectNode node, MarginForm form) {
      return MarginItem.read(head, node, form);
    }
  },
  /** A question that has an answer, or its twin that has none. */
  TWIN {
    @Override
    Item read(Item.Head head, ObjectNode node, MarginForm form) {
      return TwinItem.read(head, node);
    }
  },
  /** A passage whose likelihood is measured. */
  TEXT {
    @Override
    Item read(Item.Head head, ObjectNode node, MarginForm form) {
      return TextItem.read(head, node);
    }
  },
  /** An open question, answered freely and several times. */
  OPEN {
    @Override
    Item read(Item.Head head, ObjectNode node, MarginForm form) {
      return OpenItem.read(head, node);
    }

    @Override
    List<Item> readAll(Item.Head head, ObjectNode node, MarginForm form) {
      return OpenItem.readAll(head, node);
    }
  };

  /** Returns the name used in files: such as "choice" or "margin". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ItemKind of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** Reads the fields that only one kind has; they have passed the schema. */
  abstract Item read(Item.Head head, ObjectNode node, MarginForm form);

  /** Reads the items that one line stands for: one, unless the kind says otherwise. */
  List<Item> readAll(Item.Head head, ObjectNode node, MarginForm form) {
    return List.of(read(head, node, form));
  }
}

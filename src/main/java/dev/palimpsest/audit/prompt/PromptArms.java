package dev.palimpsest.audit.prompt;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanException;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.PromptArm;
import dev.palimpsest.audit.plan.PromptArm.Way;
import dev.palimpsest.retrieval.Passage;
import dev.palimpsest.retrieval.PassageFolder;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.prompted.Prompting;
import dev.palimpsest.suite.prompted.Swap;
import dev.palimpsest.training.TrainingFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Adds ways to ask the base to a plan, before it is frozen. */
public final class PromptArms {
  private final SuiteLibrary library;
  private final Optional<TrainingFile> training;

  /**
   * Adds to plans.
   *
   * @param library holds the plan's suites
   * @param training gives worked examples where suites bring none
   */
  public PromptArms(SuiteLibrary library, Optional<TrainingFile> training) {
    this.library = library;
    this.training = training;
  }

  /**
   * Returns the plan with the ways that are wanted; without any it stays as it is.
   *
   * @param own ids of the suites that they are asked, which say what the tune was made for; those
   *     that are not planned are left out
   * @throws PlanException if none of them is planned, or nothing can be given
   * @throws dev.palimpsest.retrieval.RetrievalException if a folder cannot be read
   */
  public AuditPlan add(AuditPlan plan, List<? extends PromptWish> wishes, Collection<String> own) {
    if (wishes.isEmpty()) {
      return plan;
    }
    List<PlannedSuite> suites =
        plan.asked().stream().filter(suite -> own.contains(suite.suite())).toList();
    if (suites.isEmpty()) {
      throw new PlanException(
          "Other ways to ask are tried on a suite of your own, and this audit has none; add one.");
    }
    return plan.prompted(new Making(plan, suites).of(wishes));
  }

  /** The making of one plan's arms. */
  private final class Making {
    private final AuditPlan plan;
    private final List<PlannedSuite> suites;
    private final Set<String> names = new HashSet<>();
    private final List<PromptArm> arms = new ArrayList<>();

    Making(AuditPlan plan, List<PlannedSuite> suites) {
      this.plan = plan;
      this.suites = suites;
      plan.arms().forEach(arm -> names.add(arm.name()));
    }

    List<PromptArm> of(List<? extends PromptWish> wishes) {
      for (PromptWish wish : wishes) {
        if (wish instanceof PromptWish.FewShot few) {
          fewShot(few);
        } else if (wish instanceof PromptWish.SystemPrompt system) {
          systemPrompt(system);
        } else if (wish instanceof PromptWish.WithContext context) {
          withContext(context);
        }
      }
      return arms;
    }

    private void fewShot(PromptWish.FewShot few) {
      List<Prompting> asked = new ArrayList<>();
      boolean ofFile = false;
      for (PlannedSuite planned : suites) {
        WorkedExamples examples = new WorkedExamples(suite(planned), plan.seed());
        ofFile |= !examples.hasShots();
        Conversation given = examples.take(few.examples(), training);
        asked.add(Prompting.of(planned.suite(), given));
      }
      String from = ofFile ? " of " + training.orElseThrow().path().getFileName() : " of the suite";
      String examples =
          few.examples() == 1 ? "1 worked example" : few.examples() + " worked examples";
      add("few-shot=" + few.examples(), Way.FEW_SHOT, examples + from, asked);
    }

    private void systemPrompt(PromptWish.SystemPrompt system) {
      Conversation given = new Conversation(system.text(), List.of());
      add(
          "system-prompt",
          Way.SYSTEM_PROMPT,
          "the system prompt “" + shortened(system.text()) + "”",
          suites.stream().map(planned -> Prompting.of(planned.suite(), given)).toList());
    }

    private static String shortened(String text) {
      String line = text.replaceAll("\\s+", " ");
      return line.codePointCount(0, line.length()) <= 120
          ? line
          : line.substring(0, line.offsetByCodePoints(0, 119)).stripTrailing() + "…";
    }

    private void withContext(PromptWish.WithContext wish) {
      List<Passage> passages = PassageFolder.read(wish.folder());
      ContextPrompts context = new ContextPrompts(passages);
      List<Prompting> asked =
          suites.stream().map(planned -> context.of(suite(planned), planned)).toList();
      if (asked.stream().allMatch(one -> one.shown().isEmpty())) {
        throw new PlanException(
            "No passage of "
                + wish.folder().getFileName()
                + " shares a word with an item of "
                + String.join(", ", suites.stream().map(PlannedSuite::suite).toList())
                + "; name the folder that holds what they ask.");
      }
      add(
          "with-context",
          Way.WITH_CONTEXT,
          "up to "
              + ContextPrompts.SHOWN
              + " of "
              + passages.size()
              + " passages of "
              + wish.folder().getFileName()
              + ", by BM25",
          asked);
      swapped(asked);
    }

    /** Asks the base and each tuned arm whether they follow passages that give other answers. */
    private void swapped(List<Prompting> asked) {
      List<Prompting> swapped = new ArrayList<>();
      for (Prompting one : asked) {
        Map<String, Swap> swaps = ContextPrompts.swaps(library.suite(one.suite()), one);
        if (!swaps.isEmpty()) {
          swapped.add(one.swapped(swaps));
        }
      }
      if (!swapped.isEmpty()) {
        Stream.concat(Stream.of(plan.base()), plan.tuned().stream())
            .map(Arm::name)
            .forEach(
                name -> add(name + ", swapped context", name, Way.SWAPPED_CONTEXT, "", swapped));
      }
    }

    private void add(String name, Way way, String said, List<Prompting> asked) {
      add(name, plan.base().name(), way, said, asked);
    }

    private void add(String name, String of, Way way, String said, List<Prompting> asked) {
      String unique = name;
      for (int i = 2; !names.add(unique); i++) {
        unique = name + " (" + i + ")";
      }
      arms.add(new PromptArm(unique, of, way, said, asked));
    }

    private Suite suite(PlannedSuite planned) {
      return library.find(planned.suite(), planned.digest()).orElseThrow();
    }
  }
}

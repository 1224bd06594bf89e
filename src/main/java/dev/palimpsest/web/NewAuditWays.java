package dev.palimpsest.web;

import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.prompt.PromptArms;
import dev.palimpsest.audit.prompt.PromptWish;
import dev.palimpsest.registry.AllowedRoots;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.training.TrainingFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways to ask the base that were typed for a new audit; "" where one is not wanted.
 *
 * @param examples how many worked examples
 * @param train path of the training file on the server, from which examples are taken
 * @param systemPrompt a system prompt
 * @param context path of a folder of text files on the server
 */
public record NewAuditWays(String examples, String train, String systemPrompt, String context) {
  /** Tells whether any is wanted. */
  public boolean isWanted() {
    return !(examples.isEmpty() && systemPrompt.isEmpty() && context.isEmpty());
  }

  /**
   * Adds them to a plan.
   *
   * @param roots the folders that paths may lie in
   */
  AuditPlan addTo(AuditPlan plan, SuiteLibrary library, AllowedRoots roots) {
    if (!isWanted()) {
      return plan;
    }
    Optional<TrainingFile> training =
        train.isEmpty() ? Optional.empty() : Optional.of(TrainingFile.at(roots.resolve(train)));
    return new PromptArms(library, training).add(plan, wishes(roots), own(plan, library));
  }

  private List<PromptWish> wishes(AllowedRoots roots) {
    List<PromptWish> wishes = new ArrayList<>();
    if (!examples.isEmpty()) {
      wishes.add(PromptWish.parse("few-shot=" + examples));
    }
    if (!systemPrompt.isEmpty()) {
      wishes.add(new PromptWish.SystemPrompt(systemPrompt));
    }
    if (!context.isEmpty()) {
      wishes.add(new PromptWish.WithContext(roots.resolve(context)));
    }
    return wishes;
  }

  /** Suites that did not come with the program, and those of a skill. */
  private static List<String> own(AuditPlan plan, SuiteLibrary library) {
    return plan.suites().stream()
        .map(planned -> library.find(planned.suite(), planned.digest()).orElseThrow())
        .filter(suite -> suite.isSkill() || SuiteLibrary.bundled().find(suite.id()).isEmpty())
        .map(Suite::id)
        .toList();
  }
}

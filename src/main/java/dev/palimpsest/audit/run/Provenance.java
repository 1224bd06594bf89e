package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.PromptFormat;
import dev.palimpsest.inference.TemplateArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down how an audit ran, while it runs. */
final class Provenance {
  private static final String NONE = "none";

  private final AuditStore store;
  private final Audit audit;

  Provenance(AuditStore store, Audit audit) {
    this.store = store;
    this.audit = audit;
  }

  /** Records the model that some arms share. */
  void loaded(List<Arm> arms, ModelDescription model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("palimpsest", version());
    facts.put("java", Runtime.version().toString());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    if (arms.get(0).endpoint().isEmpty() || audit.plan().base().endpoint().isPresent()) {
      facts.put("engine", model.engine());
      facts.put("device", model.device());
      facts.put("dtype", audit.plan().dtype().label());
      facts.put("family", model.family());
      facts.put("parameters", Long.toString(model.parameters()));
      facts.put("base weights stored as", model.weights());
    }
    for (Arm arm : arms) {
      if (arm.role() == Arm.Role.PROMPTED) {
        continue; // the same files as the arm that it is a way to ask
      }
      facts.put("digest of " + arm.name(), arm.digest());
      arm.endpoint()
          .ifPresent(
              address ->
                  facts.put(
                      "endpoint of " + arm.name(),
                      address.words() + ", unverified: " + model.engine()));
      if (arm.role() == Arm.Role.TUNED
          && arm.endpoint().isEmpty()
          && audit.plan().policy().isPresent()) {
        FileTimes.lastWritten(arm.adapter().orElse(arm.checkpoint()))
            .ifPresent(time -> facts.put("files written of " + arm.name(), time.toString()));
      }
      PromptFormat format = model.format(arm.adapterName());
      facts.put("tokenizer of " + arm.name(), format.tokenizerDigest());
      facts.put("template of " + arm.name(), orNone(format.templateDigest()));
      if (!arm.templateArguments().isEmpty()) {
        facts.put(
            "template arguments of " + arm.name(), TemplateArgument.words(arm.templateArguments()));
      }
      if (audit.plan().thinkingTokens().isPresent() || model.notes(arm.adapterName()).thinking()) {
        facts.put("tokens of thinking", Integer.toString(audit.plan().thinkingLimit()));
      }
    }
    store.putFacts(audit.id(), facts);
  }

  /** Records how often the worker had to be replaced. */
  void died(int times) {
    if (times > 0) {
      store.putFacts(audit.id(), Map.of("workers replaced", Integer.toString(times)));
    }
  }

  private static String orNone(String digest) {
    return digest.isEmpty() ? NONE : digest;
  }

  private static String version() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

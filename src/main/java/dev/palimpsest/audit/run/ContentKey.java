package dev.palimpsest.audit.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.PromptFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Names a computation by everything its result depends on: two equal keys mean the same numbers.
 *
 * <p>A key is the sha256 of canonical JSON with the digests of the base weights, the adapter (and
 * its scale, unless it is 1), the tokenizer and the template, the dtype, the engine and its device,
 * the token ids of prompt and continuations, and the generation parameters.
 */
final class ContentKey {
  /** What a server answers is never taken for what it answered another process. */
  private static final String THIS_PROCESS = UUID.randomUUID().toString();

  private static final String FORMAT = "palimpsest-raw/2";

  private final ObjectNode common;

  private ContentKey(ObjectNode common) {
    this.common = common;
  }

  /** Begins the keys of one arm on one loaded model. */
  static ContentKey of(Arm arm, ModelDescription model, DType dtype) {
    PromptFormat format = model.format(arm.adapterName());
    ObjectNode common = Json.mapper().createObjectNode();
    common.put("format", FORMAT);
    common.put("base", arm.baseDigest());
    common.put("adapter", arm.adapter().isPresent() ? arm.digest() : "");
    common.put("tokenizer", format.tokenizerDigest());
    common.put("template", format.templateDigest());
    common.put("dtype", dtype.label());
    if (arm.scaleOrOne() != 1) {
      common.put("scale", arm.scaleOrOne());
    }
    if (arm.role() == Arm.Role.CONTROL) {
      common.put("control", "again");
    }
    if (arm.endpoint().isPresent()) {
      common.put("unverified", THIS_PROCESS);
    }
    common.put("engine", model.engine());
    common.put("device", model.device());
    return new ContentKey(common);
  }

  /** Returns the key of one item. */
  String of(List<Encoded> prompts, Optional<GenerateOptions> options) {
    ObjectNode all = common.deepCopy();
    all.set("prompts", Json.mapper().valueToTree(prompts.stream().map(ContentKey::ids).toList()));
    options.ifPresent(value -> all.set("generate", Json.mapper().valueToTree(value)));
    return Sha256.hex(CanonicalJson.bytes(all));
  }

  private static List<Object> ids(Encoded prompt) {
    return List.of(prompt.contextIds(), prompt.continuationIds());
  }
}

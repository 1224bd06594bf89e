package dev.palimpsest.decoder.local;

import dev.palimpsest.Sha256;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.decoder.family.Blueprint;
import dev.palimpsest.decoder.family.Families;
import dev.palimpsest.decoder.weights.CheckpointSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads what a checkpoint is from its config and its tensors: where the config says that the head
 * is the embedding but the file stores another head, the model has that one, as in transformers.
 */
final class BlueprintReader {
  private BlueprintReader() {}

  static Blueprint read(Checkpoint checkpoint) {
    ModelConfig config = checkpoint.config();
    Blueprint blueprint = Families.describe(config);
    CheckpointSource source =
        new CheckpointSource(checkpoint.name(), checkpoint.tensors(), blueprint);
    boolean other =
        blueprint
            .tiedHead()
            .filter(head -> source.has(head) && source.has(blueprint.embedding()))
            .filter(head -> differ(source, head, blueprint.embedding()))
            .isPresent();
    return other ? Families.describe(config.with("tie_word_embeddings", false)) : blueprint;
  }

  private static boolean differ(CheckpointSource source, String a, String b) {
    return !Arrays.equals(source.shape(a), source.shape(b))
        || !Arrays.equals(digest(source, a), digest(source, b));
  }

  private static byte[] digest(CheckpointSource source, String name) {
    MessageDigest digest = Sha256.start();
    source.scan(
        name,
        (numbers, count) -> {
          ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
          bytes.asFloatBuffer().put(numbers, 0, count);
          digest.update(bytes);
        });
    return digest.digest();
  }
}

package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Tensors under other names than they are stored by. */
public final class RenamedTensors implements TensorStore {
  private final String subject;
  private final TensorStore store;
  private final Map<String, String> stored;

  /**
   * Creates a view.
   *
   * @param subject the file or folder that failures name
   * @param stored the stored names by the others
   */
  public RenamedTensors(String subject, TensorStore store, Map<String, String> stored) {
    this.subject = subject;
    this.store = store;
    this.stored = Collections.unmodifiableMap(stored);
  }

  @Override
  public Set<String> names() {
    return stored.keySet();
  }

  @Override
  public TensorInfo info(String name) {
    TensorInfo info = store.info(stored(name));
    return new TensorInfo(name, info.type(), info.shape(), info.byteLength());
  }

  @Override
  public void scan(String name, Visitor visitor) {
    store.scan(stored(name), visitor);
  }

  @Override
  public ByteBuffer bytes(String name) {
    return store.bytes(stored(name));
  }

  @Override
  public Layout layout(String name) {
    return store.layout(stored(name));
  }

  private String stored(String name) {
    String found = stored.get(name);
    if (found == null) {
      throw new CheckpointException(subject, "has no tensor " + Printable.text(name));
    }
    return found;
  }
}

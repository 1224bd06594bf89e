package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors that lie in open files. */
public final class FileTensors implements TensorStore {
  private final String subject;
  private final boolean plain;
  private final Map<String, TensorSource> tensors = new LinkedHashMap<>();

  /**
   * Creates a store.
   *
   * @param subject the file or folder that failures name
   */
  public FileTensors(String subject, Collection<? extends TensorSource> tensors) {
    this(subject, tensors, false);
  }

  private FileTensors(String subject, Collection<? extends TensorSource> tensors, boolean plain) {
    this.subject = subject;
    this.plain = plain;
    tensors.forEach(tensor -> this.tensors.put(tensor.info().name(), tensor));
  }

  /** Creates a store of weights that all have the plain layout. */
  public static FileTensors plain(String subject, Collection<? extends TensorSource> tensors) {
    return new FileTensors(subject, tensors, true);
  }

  @Override
  public Layout layout(String name) {
    return plain ? Layout.PLAIN : TensorStore.super.layout(name);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public TensorInfo info(String name) {
    return tensor(name).info();
  }

  @Override
  public void scan(String name, Visitor visitor) {
    tensor(name).scan(visitor);
  }

  @Override
  public ByteBuffer bytes(String name) {
    return tensor(name).bytes();
  }

  private TensorSource tensor(String name) {
    TensorSource tensor = tensors.get(name);
    if (tensor == null) {
      throw new CheckpointException(subject, "has no tensor " + Printable.text(name));
    }
    return tensor;
  }
}

package dev.palimpsest.decoder.kernel;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a kernel method: collects the arguments, runs it, and releases them. */
final class Call implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  private final PtSymbolBlock module;
  private final PtNDManager manager;
  private final String method;
  private final List<IValue> arguments = new ArrayList<>();
  private final List<IValue> owned = new ArrayList<>();

  Call(PtSymbolBlock module, PtNDManager parent, String method) {
    this.module = module;
    this.manager = parent.newSubManager(parent.getDevice());
    this.method = method;
  }

  /** Adds tensors that stay the caller's. */
  Call with(Tensors tensors) {
    arguments.add(tensors.value());
    return this;
  }

  /** Adds a list of weights that stay the caller's. */
  Call weights(List<Weight> weights) {
    return own(IValue.listFrom(weights.stream().map(Weight::array).toArray(PtNDArray[]::new)));
  }

  /** Adds weights by name that stay the caller's. */
  Call weights(Map<String, Weight> weights) {
    Map<String, PtNDArray> arrays = new LinkedHashMap<>();
    weights.forEach((name, weight) -> arrays.put(name, weight.array()));
    return own(IValue.stringMapFrom(arrays));
  }

  /** Adds a tensor that stays the caller's. */
  Call with(PtNDArray tensor) {
    return own(IValue.from(tensor));
  }

  /** Adds a one-dimensional tensor of integers. */
  Call tensor(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return own(IValue.from(array(wide, new Shape(wide.length))));
  }

  /** Adds a tensor of integers with two dimensions, given row by row. */
  Call tensor(long[] values, int rows) {
    return own(IValue.from(array(values, new Shape(rows, values.length / rows))));
  }

  /** Adds a one-dimensional tensor of float32 numbers. */
  Call tensor(float[] values) {
    return own(IValue.from((PtNDArray) manager.create(values)));
  }

  /** Adds a tensor of float32 numbers with two dimensions, given row by row. */
  Call tensor(float[] values, int rows) {
    Shape shape = new Shape(rows, values.length / rows);
    return own(IValue.from((PtNDArray) manager.create(values, shape)));
  }

  /** Adds a list of integers. */
  Call list(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return own(IValue.listFrom(wide));
  }

  /** Adds a list of integers. */
  Call ints(long[] values) {
    return own(IValue.listFrom(values));
  }

  Call with(long value) {
    return own(IValue.from(value));
  }

  Call with(double value) {
    return own(IValue.from(value));
  }

  Call with(boolean value) {
    return own(IValue.from(value));
  }

  /** Runs the method; the answer should be closed. */
  Answer run() {
    return new Answer(manager, invoke());
  }

  /** Runs the method and leaves on the native side what it returns. */
  Tensors runForTensors() {
    return new Tensors(invoke());
  }

  private IValue invoke() {
    try {
      // The engine keeps this by thread. Its passes over the code find nothing to fuse on a CPU,
      // but take memory and a quarter of a second of the first calls.
      JniUtils.setGraphExecutorOptimize(false);
      IValue[] values = arguments.toArray(IValue[]::new);
      LOG.debug("computes {}", method);
      return IValueUtils.runMethod(module, method, values);
    } catch (EngineException e) {
      throw EngineFailure.explain(e);
    }
  }

  private PtNDArray array(long[] values, Shape shape) {
    PtNDArray array = manager.create(shape, DataType.INT64);
    array.set(LongBuffer.wrap(values));
    return array;
  }

  private Call own(IValue value) {
    arguments.add(value);
    owned.add(value);
    return this;
  }

  @Override
  public void close() {
    owned.forEach(IValue::close);
    manager.close();
  }
}

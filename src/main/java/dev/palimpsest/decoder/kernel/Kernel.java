package dev.palimpsest.decoder.kernel;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compiled kernel of one architecture and its entry points; {@code decoder.py} says what they
 * compute.
 *
 * <p>Several threads may call it at a time, each with keys and values of its own to write to.
 */
public final class Kernel implements AutoCloseable {
  /** The engine's numbers of element types. */
  private static final int FLOAT32 = 6;

  private static final int BFLOAT16 = 15;

  /** Rows and columns of a weight that packing is tried with. */
  private static final int TRIAL = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);

  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final PtNDArray here;
  private final Tensors nothing;
  private final Arithmetic arithmetic;

  private Kernel(PtNDManager manager, PtSymbolBlock module, Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
    this.manager = manager;
    this.module = module;
    this.here = manager.create(new Shape(0), DataType.FLOAT32);
    try (Call call = call("nothing")) {
      this.nothing = call.runForTensors();
    }
  }

  /**
   * Compiles the kernel.
   *
   * @param settings the numbers of a family, but for how this machine multiplies
   * @param dtype the type of the run, in which weights are stored; layers compute in it where this
   *     machine does so fast, else in float32
   */
  public static Kernel compile(Map<String, Object> settings, DType dtype) {
    return StandardError.silencedOnce(() -> fastest(settings, dtype));
  }

  private static Kernel fastest(Map<String, Object> settings, DType dtype) {
    if (NativeEngine.hasGpu()) {
      return warmed(compile(settings, Arithmetic.onGpu(dtype)));
    }
    for (Arithmetic arithmetic : Arithmetic.candidates(dtype)) {
      Kernel kernel = warmed(compile(settings, arithmetic));
      if (!arithmetic.byOneDnn() || kernel.canPack()) {
        return kernel;
      }
      kernel.close();
    }
    throw new IllegalStateException("the last candidate needs nothing");
  }

  private static Kernel warmed(Kernel kernel) {
    try (PtNDArray first = kernel.manager.create(new Shape(1), DataType.INT64)) {
      first.set(LongBuffer.wrap(new long[1])); // of this write the engine warns
    }
    return kernel;
  }

  /** Compiles the kernel for a way to multiply, which this machine has to have. */
  public static Kernel compile(Map<String, Object> settings, Arithmetic arithmetic) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("stored", number(arithmetic.stored()));
    all.put("compute", number(arithmetic.computed()));
    all.put("by_onednn", arithmetic.byOneDnn());
    PtNDManager manager = NativeEngine.newManager();
    try {
      ByteArrayInputStream archive = new ByteArrayInputStream(KernelArchive.pack(all));
      return new Kernel(manager, JniUtils.loadModule(manager, archive, true, false), arithmetic);
    } catch (IOException e) {
      manager.close();
      throw new UncheckedIOException(e); // memory does not fail
    } catch (RuntimeException e) {
      manager.close();
      throw EngineFailure.explain(e);
    }
  }

  private static int number(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOAT32 : BFLOAT16;
  }

  /** Returns "cpu" or "cuda:0". */
  public String device() {
    Device device = manager.getDevice();
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }

  /** Tells whether it runs on a GPU. */
  public boolean isOnGpu() {
    return manager.getDevice().isGpu();
  }

  /** Returns the engine, and how it multiplies where that is not in the type of the run. */
  public String engine() {
    String widening = arithmetic.isDirect() ? "" : ", float32 products of widened weights";
    return NativeEngine.version() + widening;
  }

  /** Returns how many bytes a number takes among keys and values. */
  public int cachedBytes() {
    return arithmetic.computed() == DType.FLOAT32 ? Float.BYTES : Short.BYTES;
  }

  /** Returns no keys and values. */
  public Tensors nothing() {
    return nothing;
  }

  /**
   * Allocates a weight with undefined content.
   *
   * @param shape each dimension at least 0; a dimension of 0 makes an absent weight
   * @param narrow whether it is held in the type of the run, else in float32
   */
  public Weight allocate(long[] shape, boolean narrow) {
    try (Call call = call("weight").ints(shape).with(narrow).with(here);
        Answer answer = call.run()) {
      return new Weight(this, answer.tensor(manager), shape);
    }
  }

  /**
   * Tells by a trial whether this processor multiplies the type that layers compute in by oneDNN.
   */
  private boolean canPack() {
    boolean narrow = arithmetic.computed() != DType.FLOAT32;
    try (Weight small = allocate(new long[] {TRIAL, TRIAL}, narrow);
        Weight packed = pack(small)) {
      return packed.elements() > 0;
    } catch (DecoderException e) {
      LOG.debug("No oneDNN products of {}", arithmetic.computed(), e);
      return false;
    }
  }

  /**
   * Returns a weight of a linear layer in the layout in which this processor multiplies it fastest,
   * and frees what it was; the same weight where there is no such layout.
   *
   * <p>A packed weight can no longer be written to or looked up by row.
   */
  public Weight packed(Weight weight) {
    if (!arithmetic.packed() || weight.elements() == 0) {
      return weight;
    }
    Weight packed = pack(weight);
    weight.close();
    return packed;
  }

  private Weight pack(Weight weight) {
    try (Call call = call("pack").with(weight.array());
        Answer answer = call.run()) {
      return new Weight(this, answer.tensor(manager), weight.shape());
    }
  }

  /** Copies float32 values, turned to the given order of their dimensions, into a weight's rows. */
  void place(PtNDArray weight, long row, PtNDArray values, Rearrangement order, double plus) {
    try (Call call = call("place").with(weight).with(row).with(values)) {
      call.ints(order.shape()).ints(order.order());
      call.with(order.from()).with(order.to()).with(plus).run().close();
    }
  }

  /** Allocates room for float32 values on the CPU. */
  public Staging staging(long elements) {
    return new Staging(manager.newSubManager(Device.cpu()), elements);
  }

  /** Returns the norms of the rows of W + B A, where W begins at a row of the weight. */
  public float[] rowNorms(Weight weight, int row, Weight down, Weight up) {
    try (Call call = call("row_norms").with(weight.array()).with(row);
        Answer answer = call.with(down.array()).with(up.array()).run()) {
      return answer.floats(0);
    }
  }

  /** Returns the norms of the columns of an embedding W + A B. */
  public float[] columnNorms(Weight weight, Weight down, Weight up) {
    try (Call call = call("column_norms").with(weight.array());
        Answer answer = call.with(down.array()).with(up.array()).run()) {
      return answer.floats(0);
    }
  }

  /**
   * Returns the r largest singular values of a float32 weight W [outputs, inputs] with their
   * vectors as a product B A.
   *
   * @param rank r, at most the smaller side of W
   */
  public Product principalPart(Weight weight, int rank) {
    return product("principal_part", weight, rank, false);
  }

  /**
   * Returns the first r columns of Q times the first r rows of R, where W = Q R, as a product B A.
   *
   * @param weight W, float32 [outputs, inputs]
   * @param rank r, at most the smaller side of W
   * @param turned whether it is the transpose of W that is decomposed
   */
  public Product leadingPart(Weight weight, int rank, boolean turned) {
    return product("leading_part", weight, rank, turned);
  }

  private Product product(String method, Weight weight, int rank, boolean turned) {
    try (Call call = call(method).with(weight.array()).with(rank).with(turned);
        Answer answer = call.run()) {
      return new Product(rank, answer.floats(0), answer.floats(1));
    }
  }

  /** Returns a weight times a number, as a weight of its own. */
  public Weight times(Weight weight, double factor) {
    try (Call call = call("times").with(weight.array()).with(factor);
        Answer answer = call.run()) {
      return new Weight(this, answer.tensor(manager), weight.shape());
    }
  }

  /** Returns a copy of a vector with values, times a number, added from an index on. */
  public Weight addedInto(Weight vector, int from, float[] values, double factor) {
    try (Call call = call("add_into").with(vector.array()).with(from).tensor(values);
        Answer answer = call.with(factor).run()) {
      return new Weight(this, answer.tensor(manager), vector.shape());
    }
  }

  /**
   * Returns matrices side by side, each filled up with zeros to the same size.
   *
   * @param dimension along which they lie, 0 or 1
   * @param size of each in that dimension
   */
  public Weight beside(List<Weight> matrices, int dimension, long size) {
    long[] shape = matrices.get(0).shape();
    shape[dimension] = size * matrices.size();
    try (Call call = call("beside").weights(matrices).with(dimension).with(size);
        Answer answer = call.run()) {
      return new Weight(this, answer.tensor(manager), shape);
    }
  }

  /** Returns powers of a base in the engine's own float32 arithmetic. */
  public float[] powers(double base, float[] exponents) {
    try (Call call = call("powers").with(base).tensor(exponents);
        Answer answer = call.run()) {
      return answer.floats(0);
    }
  }

  /**
   * Returns a model of weights, which stay usable after it is closed; it is the caller's to close.
   *
   * @param weights by the names of the fields of the kernel's {@code Model}, with "." between them
   * @param adapted whether an adapter's products are among them
   */
  public Model assemble(Map<String, Weight> weights, boolean adapted) {
    try (Call call = call("assemble").weights(weights).with(adapted)) {
      return new Model(call.runForTensors());
    }
  }

  /** Allocates keys and values for so many rows and columns. */
  public Tensors cache(int rows, int columns) {
    try (Call call = call("allocate").with(rows).with(columns).with(here)) {
      return call.runForTensors();
    }
  }

  /**
   * Returns keys and values with a note of which tokens each row has, as a repetition penalty needs
   * it.
   *
   * @param rows for each token the row that it is in
   * @param ids the tokens of all rows
   */
  public Tensors noting(Model model, Tensors cache, int[] rows, int[] ids) {
    try (Call call = call("noting")) {
      return call.with(model.tensors()).with(cache).tensor(rows).tensor(ids).runForTensors();
    }
  }

  /** Returns the given rows of keys and values. */
  public Tensors keep(Tensors cache, int[] rows) {
    try (Call call = call("keep").with(cache).tensor(rows)) {
      return call.runForTensors();
    }
  }

  /** Fills {@code own} with the keys and values of the prompts in a row. */
  public void prefill(Model model, TokenRow row, Tensors own, Prefix prefix) {
    try (Call call = call("prefill")) {
      model.addTo(call);
      call.tensor(row.ids()).tensor(row.positions()).list(row.promptNumbers());
      call.with(own).with(prefix.cache()).with(prefix.length()).run().close();
    }
  }

  /** Scores targets after the prompts and branches in a row. */
  public Likelihoods score(Model model, TokenRow row, Prefix prefix, Targets targets) {
    try (Call call = call("score")) {
      model.addTo(call);
      call.tensor(row.ids())
          .tensor(row.positions())
          .tensor(row.branches())
          .list(row.promptNumbers());
      call.with(prefix.cache()).with(prefix.length());
      call.tensor(targets.rows()).tensor(targets.at()).tensor(targets.ids());
      try (Answer answer = call.run()) {
        return new Likelihoods(answer.floats(0), answer.longs(1), new float[0]);
      }
    }
  }

  /** Scores every next token of one sequence and returns the logits of its last position. */
  public Likelihoods inspect(Model model, TokenRow row, int[] at, int[] targets) {
    try (Call call = call("inspect")) {
      model.addTo(call);
      call.tensor(row.ids()).tensor(row.positions()).list(row.promptNumbers());
      call.tensor(at).tensor(targets).tensor(new int[] {row.ids().length - 1});
      try (Answer answer = call.run()) {
        return new Likelihoods(answer.floats(0), answer.longs(1), answer.floats(2));
      }
    }
  }

  /** Computes the final hidden states of one sequence at the given rows. */
  public Hidden hidden(Model model, TokenRow row, int[] rows) {
    try (Call call = call("hidden")) {
      model.addTo(call);
      call.tensor(row.ids()).tensor(row.positions()).list(row.promptNumbers()).tensor(rows);
      try (Answer answer = call.run()) {
        return new Hidden(this, model, answer.tensor(manager));
      }
    }
  }

  PtNDArray logits(Model model, PtNDArray hidden, long from, long to) {
    try (Call call = call("logits");
        Answer answer = call.with(model.tensors()).with(hidden).with(from).with(to).run()) {
      return answer.tensor(manager);
    }
  }

  /** Begins the comparison of two models at so many positions. */
  Tensors beginComparison(int positions) {
    try (Call call = call("begin_comparison").with(positions).with(here)) {
      return call.runForTensors();
    }
  }

  /** Returns a comparison with both models' logits of another stretch of the vocabulary. */
  Tensors compare(Tensors known, PtNDArray base, PtNDArray tuned, int[] targets, long from) {
    try (Call call = call("compare").with(known).with(base).with(tuned).tensor(targets)) {
      return call.with(from).runForTensors();
    }
  }

  /** Copies the numbers of a comparison to Java. */
  Comparison read(Tensors known) {
    return Comparison.read(known.value(), manager);
  }

  /**
   * Prefills prompts and picks the first new token of each, read at the given tokens of the row.
   */
  public long[] begin(
      Model model, TokenRow row, Tensors own, Prefix prefix, int[] last, Sampling sampling) {
    try (Call call = call("begin")) {
      model.addTo(call);
      call.tensor(row.ids()).tensor(row.positions()).list(row.promptNumbers());
      call.with(own).with(prefix.cache()).with(prefix.length()).tensor(last);
      call.tensor(sampling.draws()).with(sampling.temperature()).with(sampling.topP());
      call.with(sampling.penalty());
      try (Answer answer = call.run()) {
        return answer.longs(0);
      }
    }
  }

  /**
   * Continues rows for some steps.
   *
   * @return new tokens, row by row; -1 where logits are not numbers, -2 after a row's end
   */
  public long[] advance(
      Model model, StepState state, Tensors own, Prefix prefix, long[] ends, Sampling sampling) {
    int rows = state.ids().length;
    try (Call call = call("advance")) {
      model.addTo(call);
      call.tensor(state.ids()).tensor(state.positions()).tensor(state.first());
      call.with(own).with(state.column()).with(prefix.cache()).with(prefix.length());
      call.tensor(ends, 1).with(sampling.draws().length / rows);
      call.tensor(sampling.draws(), rows).with(sampling.temperature()).with(sampling.topP());
      call.with(sampling.penalty());
      try (Answer answer = call.run()) {
        return answer.longs(0);
      }
    }
  }

  /** Prefills prompts and returns the logits of the first new token of each. */
  public Logits beginLogits(Model model, TokenRow row, Tensors own, Prefix prefix, int[] last) {
    try (Call call = call("begin_logits")) {
      model.addTo(call);
      call.tensor(row.ids()).tensor(row.positions()).list(row.promptNumbers());
      call.with(own).with(prefix.cache()).with(prefix.length()).tensor(last);
      try (Answer answer = call.run()) {
        return new Logits(answer.tensor(manager));
      }
    }
  }

  /** Takes one step of rows and returns the logits of the next token of each. */
  public Logits stepLogits(Model model, StepState state, Tensors own, Prefix prefix) {
    try (Call call = call("step_logits")) {
      model.addTo(call);
      call.tensor(state.ids()).tensor(state.positions()).tensor(state.first());
      call.with(own).with(state.column()).with(prefix.cache()).with(prefix.length());
      try (Answer answer = call.run()) {
        return new Logits(answer.tensor(manager));
      }
    }
  }

  /**
   * Picks a token for each row by the amplified difference of two models, which may be another
   * kernel's.
   *
   * @param sampling with a draw for each row; its penalty counts for nothing
   * @return new tokens; -1 where logits are not numbers
   */
  public long[] pick(Logits base, Logits tuned, Amplification how, Sampling sampling) {
    try (Call call = call("pick_amplified").with(base.values()).with(tuned.values())) {
      call.with(how.alpha()).with(Math.log(how.plausible())).tensor(sampling.draws());
      try (Answer answer = call.with(sampling.temperature()).with(sampling.topP()).run()) {
        return answer.longs(0);
      }
    }
  }

  private Call call(String method) {
    return new Call(module, manager, method);
  }

  @Override
  public void close() {
    nothing.close();
    module.close();
    manager.close();
  }
}

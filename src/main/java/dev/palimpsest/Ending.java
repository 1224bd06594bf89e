package dev.palimpsest;

import com.sun.jna.Function;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this process ends: what is open is closed first, then it leaves without the C library's exit
 * handlers where native code was used.
 *
 * <p>Both {@code System.exit} and {@code Runtime.halt} end in exit(3), which destroys the objects
 * of libtorch while its threads still compute; that crashes now and then. _exit(2) does not.
 */
public final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** A shell reports a process that a signal ended by 128 and the signal's number. */
  private static final int SIGNALLED = 128;

  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  /** Whoever told the process to end does not wait longer than this for what it closes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Deque<Step> STEPS = new ArrayDeque<>();
  private static final AtomicBoolean UNDER_WAY = new AtomicBoolean();

  private static volatile boolean nativeCode;

  private Ending() {}

  /** Something to be done before the process ends because it is told to. */
  @FunctionalInterface
  public interface Step {
    void run() throws Exception;
  }

  /** Takes a step back, as it was done on the usual way. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Says that native code is in use from now on, so that its exit handlers are to be avoided. */
  public static void nativeCodeIsUsed() {
    nativeCode = true;
  }

  /** Has a step done when a signal ends the process; the last one added is done first. */
  public static Registration before(Step step) {
    Objects.requireNonNull(step, "step is null");
    synchronized (STEPS) {
      STEPS.push(step);
    }
    return () -> {
      synchronized (STEPS) {
        STEPS.remove(step);
      }
    };
  }

  /**
   * Ends the process on SIGTERM, SIGINT and SIGHUP with 128 and the signal's number: after all
   * steps at the first signal, at once at the second. A signal that is ignored stays ignored.
   */
  public static void onSignals() {
    try {
      for (String name : SIGNALS) {
        handle(name);
      }
    } catch (ReflectiveOperationException e) {
      LOG.debug("signals are left to Java", e);
    }
  }

  /** There is no other way to hear of a signal, and the compiler warns of this one's name. */
  private static void handle(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Method set = signal.getMethod("handle", signal, handler);
    Object one = signal.getConstructor(String.class).newInstance(name);
    int number = (int) signal.getMethod("getNumber").invoke(one);
    Object telling =
        Proxy.newProxyInstance(
            Ending.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> answer(proxy, method, arguments, number));
    try {
      Object before = set.invoke(null, one, telling);
      if (before == handler.getField("SIG_IGN").get(null)) {
        set.invoke(null, one, before);
      }
    } catch (InvocationTargetException e) {
      LOG.debug("SIG{} is left to the system", name, e);
    }
  }

  private static Object answer(Object proxy, Method method, Object[] arguments, int number) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "Ending";
      default -> {
        told(SIGNALLED + number);
        yield null;
      }
    };
  }

  /** Ends the process after the work; where a signal is ending it already, that goes first. */
  public static void after(int code) {
    if (!UNDER_WAY.compareAndSet(false, true)) {
      awaitTheEnd();
    }
    if (nativeCode) {
      now(code);
    }
    System.exit(code);
  }

  /** Waits for the end without a word if the process has been told to end. */
  public static void giveWay() {
    if (UNDER_WAY.get()) {
      awaitTheEnd();
    }
  }

  /** Ends the process at once; never returns. */
  public static void now(int code) {
    System.out.flush();
    System.err.flush();
    leave(code);
  }

  /** What is printed may wait for somebody who reads it no more. */
  private static void leave(int code) {
    if (nativeCode) {
      leaveWithoutExitHandlers(code);
    }
    Runtime.getRuntime().halt(code);
  }

  private static void told(int code) {
    if (!UNDER_WAY.compareAndSet(false, true)) {
      leave(code);
    }
    daemon("ending-patience", () -> endLater(code));
    takeSteps();
    now(code);
  }

  private static void takeSteps() {
    for (Step step = next(); step != null; step = next()) {
      try {
        step.run();
      } catch (Exception | LinkageError e) {
        LOG.warn("what is open could not be closed", e);
      }
    }
  }

  private static Step next() {
    synchronized (STEPS) {
      return STEPS.poll();
    }
  }

  private static void endLater(int code) {
    try {
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      LOG.debug("ending at once", e);
    }
    leave(code);
  }

  private static void awaitTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where the C library cannot be called, halting is the next best. */
  private static void leaveWithoutExitHandlers(int code) {
    try {
      Function.getFunction("c", "_exit").invokeInt(new Object[] {code});
    } catch (LinkageError | RuntimeException e) {
      LOG.debug("the C library cannot be called", e);
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}

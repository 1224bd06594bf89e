package dev.palimpsest.worker.inspection;

import dev.palimpsest.checkpoint.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Passes on, at most once a second, that reading goes on; a silent inspection is given up. */
final class Pulse implements Manifest.Progress {
  static final String READING = "reading it";

  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FullInspection.Listener listener;
  private final String name;
  private long last = System.nanoTime();

  Pulse(FullInspection.Listener listener, String name) {
    this.listener = listener;
    this.name = name;
  }

  @Override
  public void at(long done, long total) {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    last = now;
    try {
      listener.step(name, READING);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}

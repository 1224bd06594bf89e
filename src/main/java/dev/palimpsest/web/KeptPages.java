package dev.palimpsest.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages as they were last made, for all who ask for the same one. What belongs to one answer alone,
 * its nonce and its form token, stands in a kept page as a mark and is put in when it is sent; the
 * marks are drawn by chance for each process, so that no text of a model can hold one.
 */
final class KeptPages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPages.class);
  private static final int MOST_BYTES = 24 << 20;
  private static final int TOO_OLD = 10;
  private static final int REST = 20;

  private final LongSupplier clock;
  private final String nonceMark = mark();
  private final String tokenMark = mark();
  private final Flights<Kept> flights = new Flights<>();
  private final Map<String, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
  private final Set<String> renewing = ConcurrentHashMap.newKeySet();
  private final ExecutorService renewal =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "pages");
            thread.setDaemon(true);
            return thread;
          });
  private int bytes;

  /** A page made with marks in place of its nonce and its token. */
  @FunctionalInterface
  interface Making {
    /** Makes the page. */
    String make(String nonce, String token);
  }

  /** A page that took so long is not made again for twenty times as long. */
  private record Kept(String of, byte[] page, long at, long took) {
    boolean isOf(String state) {
      return of.equals(state);
    }

    boolean isFresh(long now, Duration fresh) {
      return now - at <= Math.max(fresh.toNanos(), REST * took);
    }

    boolean isTooOld(long now, Duration fresh) {
      return (now - at) / TOO_OLD > Math.max(fresh.toNanos(), REST * took);
    }
  }

  KeptPages() {
    this(System::nanoTime);
  }

  /**
   * Keeps pages by another clock.
   *
   * @param clock nanoseconds
   */
  KeptPages(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Returns a page.
   *
   * @param id what tells the page from others: address, and who looks at it
   * @param of the state of what it shows; a page of another state is never sent
   * @param fresh how long a page of the same state is sent as it is, twenty times its making at
   *     least; after that, and up to ten times as long, it is sent once more while a new one is
   *     made
   */
  byte[] page(
      String id, String of, Duration fresh, Making making, String nonce, Supplier<String> token) {
    Kept known = find(id);
    long now = clock.getAsLong();
    if (known == null || !known.isOf(of) || known.isTooOld(now, fresh)) {
      known = flights.join(id + "\n" + of, () -> make(id, of, fresh, making));
    } else if (!known.isFresh(now, fresh)) {
      renew(id, of, fresh, making);
    }
    return filled(known.page(), nonce, token);
  }

  private Kept make(String id, String of, Duration fresh, Making making) {
    Kept known = find(id);
    long began = clock.getAsLong();
    if (known != null && known.isOf(of) && known.isFresh(began, fresh)) {
      return known; // Somebody made it between this reader's look and its turn.
    }
    byte[] page = making.make(nonceMark, tokenMark).getBytes(StandardCharsets.UTF_8);
    Kept made = new Kept(of, page, began, clock.getAsLong() - began);
    keep(id, made);
    return made;
  }

  private void renew(String id, String of, Duration fresh, Making making) {
    if (!renewing.add(id)) {
      return;
    }
    renewal.execute(
        () -> {
          try {
            flights.join(id + "\n" + of, () -> make(id, of, fresh, making));
          } catch (RuntimeException failure) {
            LOG.warn("a page could not be made in advance", failure);
          } finally {
            renewing.remove(id);
          }
        });
  }

  private synchronized Kept find(String id) {
    return kept.get(id);
  }

  private synchronized void keep(String id, Kept made) {
    Kept before = kept.put(id, made);
    bytes += made.page().length - (before == null ? 0 : before.page().length);
    var eldest = kept.entrySet().iterator();
    while (bytes > MOST_BYTES && eldest.hasNext()) {
      bytes -= eldest.next().getValue().page().length;
      eldest.remove();
    }
  }

  /** Puts a nonce and a token where their marks stand. */
  private byte[] filled(byte[] page, String nonce, Supplier<String> token) {
    byte[][] marks = {ascii(nonceMark), ascii(tokenMark)};
    byte[][] values = {ascii(nonce), null};
    ByteArrayOutputStream out = new ByteArrayOutputStream(page.length + 1024);
    int from = 0;
    for (int at = next(page, 0); at >= 0; at = next(page, from)) {
      int which = startsWith(page, at, marks[0]) ? 0 : startsWith(page, at, marks[1]) ? 1 : -1;
      int length = which < 0 ? 1 : marks[which].length;
      out.write(page, from, at - from);
      if (which < 0) {
        out.write(page[at]);
      } else {
        values[which] = values[which] == null ? ascii(token.get()) : values[which];
        out.writeBytes(values[which]);
      }
      from = at + length;
    }
    out.write(page, from, page.length - from);
    return out.toByteArray();
  }

  /** Returns where the next tilde stands, which every mark begins with; -1 if there is none. */
  private static int next(byte[] page, int from) {
    for (int i = from; i < page.length; i++) {
      if (page[i] == '~') {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] page, int at, byte[] mark) {
    return at + mark.length <= page.length
        && Arrays.equals(page, at, at + mark.length, mark, 0, mark.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String mark() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return "~" + HexFormat.of().formatHex(random);
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    try {
      if (!renewal.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.info("a page that was being made is thrown away");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

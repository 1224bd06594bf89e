package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptPagesTest {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final KeptPages pages = new KeptPages(now::get);

  @AfterEach
  void close() {
    pages.close();
  }

  @Test
  void a_page_is_made_once_and_each_answer_has_its_own_nonce_and_token() {
    assertThat(page("state", "n1", "t1")).isEqualTo("1 <s nonce=n1> ~x <f t1> <f t1>");
    assertThat(page("state", "n2", "t2")).isEqualTo("1 <s nonce=n2> ~x <f t2> <f t2>");
  }

  @Test
  void a_page_of_another_state_is_never_sent() {
    page("before", "n", "t");

    assertThat(page("after", "n", "t")).startsWith("2 ");
  }

  @Test
  void what_is_no_longer_fresh_is_sent_once_more_while_a_new_one_is_made() throws Exception {
    page("state", "n", "t");
    now.addAndGet(FRESH.toNanos() + 1);

    assertThat(page("state", "n", "t")).startsWith("1 ");
    settle();
    assertThat(page("state", "n", "t")).startsWith("2 ");
  }

  @Test
  void what_is_much_too_old_is_made_anew_at_once() {
    page("state", "n", "t");
    now.addAndGet(11 * FRESH.toNanos());

    assertThat(page("state", "n", "t")).startsWith("2 ");
  }

  @Test
  void a_failure_is_the_readers_and_nothing_of_it_is_kept() {
    assertThatThrownBy(
            () ->
                pages.page(
                    "id",
                    "state",
                    FRESH,
                    (nonce, token) -> {
                      throw new IllegalStateException("no such audit");
                    },
                    "n",
                    () -> "t"))
        .hasMessage("no such audit");

    assertThat(page("state", "n", "t")).startsWith("1 ");
  }

  @Test
  void a_page_without_forms_asks_for_no_token() {
    byte[] page =
        pages.page(
            "plain",
            "state",
            FRESH,
            (nonce, token) -> "plain",
            "n",
            () -> {
              throw new AssertionError("a token was made");
            });

    assertThat(new String(page, StandardCharsets.UTF_8)).isEqualTo("plain");
  }

  private String page(String of, String nonce, String token) {
    byte[] page =
        pages.page(
            "id",
            of,
            FRESH,
            (n, t) ->
                made.incrementAndGet() + " <s nonce=" + n + "> ~x <f " + t + "> <f " + t + ">",
            nonce,
            () -> token);
    return new String(page, StandardCharsets.UTF_8);
  }

  /** Waits until the thread that makes pages has done what it was given before. */
  private void settle() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    pages.page("other", "state", FRESH, (n, t) -> "other", "n", () -> "t");
    now.addAndGet(1);
    pages.page(
        "other",
        "state",
        Duration.ZERO,
        (n, t) -> {
          done.countDown();
          return "other";
        },
        "n",
        () -> "t");
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }
}

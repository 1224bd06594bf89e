package dev.palimpsest.lmeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers of CPython 3.11: {@code Random(seed).sample(range(n), k)}, one after the other. */
final class PythonRandomTest {
  @Test
  void bits_are_those_of_getrandbits() {
    PythonRandom random = new PythonRandom(1234);
    assertThat(LongStream.range(0, 4).map(i -> random.bits(32)))
        .containsExactly(4150886329L, 3342196574L, 1892932127L, 501869158L);
    LongStream.range(4, 1000).forEach(i -> random.bits(32));
    assertThat(random.bits(32)).isEqualTo(3260923217L);
  }

  @Test
  void large_populations_are_drawn_with_rejection() {
    PythonRandom random = new PythonRandom(1234);
    assertThat(random.sample(7473, 5)).containsExactly(6374, 3610, 957, 61, 742);
    assertThat(random.sample(7473, 5)).containsExactly(7462, 6610, 4769, 286, 5501);
    assertThat(random.sample(7473, 5)).containsExactly(5677, 687, 806, 6279, 2905);
  }

  @Test
  void small_populations_are_drawn_from_a_pool() {
    PythonRandom random = new PythonRandom(1234);
    assertThat(random.sample(20, 5)).containsExactly(14, 3, 0, 2, 1);
    assertThat(random.sample(20, 5)).containsExactly(2, 3, 11, 7, 0);
    assertThat(random.sample(20, 5)).containsExactly(0, 19, 11, 15, 14);
  }

  @Test
  void what_is_small_depends_on_the_size_of_the_sample() {
    PythonRandom upToFive = new PythonRandom(1234);
    assertThat(upToFive.sample(22, 3)).containsExactly(14, 3, 0);
    assertThat(upToFive.sample(22, 3)).containsExactly(2, 18, 1);
    assertThat(upToFive.sample(21, 3)).containsExactly(2, 3, 11);
    assertThat(upToFive.sample(21, 3)).containsExactly(7, 0, 19);

    PythonRandom six = new PythonRandom(1234);
    assertThat(six.sample(85, 6)).containsExactly(56, 14, 0, 11, 74, 4);
    assertThat(six.sample(85, 6)).containsExactly(10, 12, 45, 30, 2, 3);
    assertThat(six.sample(86, 6)).containsExactly(2, 44, 82, 79, 61, 78);
    assertThat(six.sample(86, 6)).containsExactly(59, 19, 11, 23, 14, 1);
  }

  @Test
  void seeds_may_be_zero_negative_or_longer_than_32_bits() {
    assertThat(new PythonRandom(0).sample(1000, 5)).containsExactly(864, 394, 776, 911, 430);
    assertThat(new PythonRandom(-3).sample(1000, 5)).containsExactly(243, 606, 557, 133, 378);
    assertThat(new PythonRandom((1L << 40) + 7).sample(1000, 5))
        .containsExactly(628, 765, 834, 960, 967);
  }

  @Test
  void nothing_is_drawn_twice_and_no_more_than_there_is() {
    PythonRandom random = new PythonRandom(5);
    assertThat(random.sample(30, 30)).doesNotHaveDuplicates().hasSize(30);
    assertThat(random.sample(30, 0)).isEmpty();
    assertThatThrownBy(() -> random.sample(3, 4)).isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.palimpsest.report.page;

import dev.palimpsest.report.chart.Size;
import java.util.function.Function;

/**
 * A drawing in both sizes, svg elements.
 *
 * @param wide for wide windows and paper
 * @param narrow for narrow windows
 */
public record Picture(String wide, String narrow) {
  static Picture of(Function<Size, String> drawing) {
    return new Picture(drawing.apply(Size.WIDE), drawing.apply(Size.NARROW));
  }
}

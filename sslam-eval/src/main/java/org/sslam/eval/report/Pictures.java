package org.sslam.eval.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.style.Styler;
import org.sslam.core.io.AtomicFiles;

/** What all pictures share: colours that colour-blind readers can tell apart, fonts, and the way into a file. */
final class Pictures {
    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color GRID = new Color(0xE4, 0xE4, 0xE4);
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /** Source: Okabe and Ito, Color Universal Design. */
    private static final List<Color> SERIES = List.of(
            new Color(0x00, 0x72, 0xB2),
            new Color(0xD5, 0x5E, 0x00),
            new Color(0x00, 0x9E, 0x73),
            new Color(0xCC, 0x79, 0xA7),
            new Color(0xE6, 0x9F, 0x00),
            new Color(0x56, 0xB4, 0xE9));

    private Pictures() {}

    /** Works on machines without a display; drawing to a file needs none. Called before any class of AWT is used. */
    static void needNoDisplay() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    static Color series(int index) {
        return SERIES.get(index % SERIES.size());
    }

    static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(INK);
        styler.setChartTitleFont(TITLE);
        styler.setChartTitleBoxVisible(false);
        styler.setChartPadding(14);
        styler.setLegendFont(TEXT);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setAntiAlias(true);
    }

    /**
     * Writes a PNG in one step, making its folder if need be.
     *
     * @throws org.sslam.core.UserException when the place cannot be written
     */
    static void write(BufferedImage picture, Path target) {
        AtomicFiles.write(target, out -> {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException("this Java has no PNG writer");
            }
        });
    }
}

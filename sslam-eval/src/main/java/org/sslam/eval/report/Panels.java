package org.sslam.eval.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures of one width below each other. */
final class Panels {
    private Panels() {}

    static BufferedImage stack(List<BufferedImage> panels) {
        int width = panels.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
        int height = panels.stream().mapToInt(BufferedImage::getHeight).sum();
        BufferedImage all = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = all.createGraphics();
        int y = 0;
        for (BufferedImage panel : panels) {
            pen.drawImage(panel, 0, y, null);
            y += panel.getHeight();
        }
        pen.dispose();
        return all;
    }
}

package org.sslam.eval.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.sslam.audio.output.CsvWriter;
import org.sslam.core.UserException;
import org.sslam.core.io.AtomicFiles;
import org.sslam.eval.report.GrowthPicture;

/**
 * How the cost of a step grows with clip length, clones, batch and model size, each varied alone around one set of options.
 *
 * <p>Every point is a process of its own, so that peak memory is its own too.
 */
public final class Growth {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "growth.csv";
    private static final int LEAST_FRAMES = 256;
    private static final int[] DOUBLINGS = {1, 2, 4, 8};
    private static final double FRAMES_PER_SECOND = 100;

    private Growth() {}

    /** What is varied. */
    enum Axis {
        CLIP_SECONDS("seconds of a clip"),
        CLONES("clones of a clip"),
        BATCH("clips in a batch"),
        SIZE("GFLOP of a clip, by model size");

        private final String title;

        Axis(String title) {
            this.title = title;
        }
    }

    record Point(Axis axis, BenchOptions options) {}

    private record Row(Point point, double x, double cpuMs, double medianMs, double gflop, double rssMb) {}

    /**
     * Measures, and writes {@code growth.csv} and {@code growth.png}.
     *
     * @param job an update of SSLAM
     * @param folder where to
     * @param lines told of every point
     */
    public static void measure(Bench.Job job, BenchOptions options, Path folder, Consumer<String> lines) {
        if (job != Bench.Job.STAGE1 && job != Bench.Job.STAGE2) {
            throw new UserException("growth is measured for stage1 and stage2, not for "
                    + job.name().toLowerCase(Locale.ROOT));
        }
        List<Row> rows = new ArrayList<>();
        AtomicFiles.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new UserException(folder + " cannot be written; name another folder for --growth");
        }
        for (Point point : points(options)) {
            Row row = row(point, child(job, point.options));
            rows.add(row);
            AtomicFiles.writeString(folder.resolve(TABLE), csv(rows));
            lines.accept(String.format(
                    Locale.ROOT,
                    "%-12s %8.2f  %9.1f ms of processor  %6.0f MB",
                    point.axis.name().toLowerCase(Locale.ROOT),
                    row.x,
                    row.cpuMs,
                    row.rssMb));
        }
        GrowthPicture.write(panels(rows), folder.resolve("growth.png"));
    }

    /** Each axis in turn, the other options as given. */
    static List<Point> points(BenchOptions o) {
        List<Point> points = new ArrayList<>();
        for (int frames = LEAST_FRAMES; frames <= BenchModels.FRAMES; frames += LEAST_FRAMES) {
            points.add(new Point(Axis.CLIP_SECONDS, o.with(o.size(), o.batch(), o.clones(), frames)));
        }
        for (int clones : DOUBLINGS) {
            points.add(new Point(Axis.CLONES, o.with(o.size(), o.batch(), clones, o.frames())));
        }
        for (int factor : DOUBLINGS) {
            points.add(new Point(Axis.BATCH, o.with(o.size(), factor * o.batch(), o.clones(), o.frames())));
        }
        for (BenchOptions.Size size : BenchOptions.Size.values()) {
            points.add(new Point(Axis.SIZE, o.with(size, o.batch(), o.clones(), o.frames())));
        }
        return points;
    }

    private static Row row(Point point, JsonNode result) {
        BenchOptions o = point.options;
        double gflop = result.get("gflop_per_clip").asDouble();
        double x =
                switch (point.axis) {
                    case CLIP_SECONDS -> o.frames() / FRAMES_PER_SECOND;
                    case CLONES -> o.clones();
                    case BATCH -> o.batch();
                    case SIZE -> gflop;
                };
        return new Row(
                point,
                x,
                result.get("cpu_ms").asDouble(),
                result.get("median_ms").asDouble(),
                gflop * o.batch(),
                result.get("peak_rss_mb").asDouble());
    }

    private static JsonNode child(Bench.Job job, BenchOptions o) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("--class-path", System.getProperty("java.class.path"), "org.sslam.eval.cli.Main"));
        command.add("bench");
        command.add(job.name());
        command.addAll(o.words());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new UserException("a point could not be measured: " + o.words());
            }
            return JSON.readTree(out);
        } catch (IOException e) {
            throw new UserException("a point could not be measured: " + o.words() + " (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("stopped while measuring", e);
        }
    }

    private static String csv(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        CsvWriter csv = new CsvWriter(text, "axis", "x", "cpu_ms", "median_ms", "gflop_per_step", "peak_rss_mb");
        rows.forEach(r -> csv.row(
                List.of(r.point.axis.name().toLowerCase(Locale.ROOT), r.x, r.cpuMs, r.medianMs, r.gflop, r.rssMb)));
        return text.toString();
    }

    private static List<GrowthPicture.Panel> panels(List<Row> rows) {
        Map<Axis, List<Row>> byAxis = new LinkedHashMap<>();
        rows.forEach(row -> byAxis.computeIfAbsent(row.point.axis, axis -> new ArrayList<>())
                .add(row));
        return byAxis.entrySet().stream()
                .map(entry -> panel(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The arithmetic is drawn at the speed of the largest point. */
    private static GrowthPicture.Panel panel(Axis axis, List<Row> rows) {
        Row last = rows.get(rows.size() - 1);
        double msPerGflop = last.cpuMs / last.gflop;
        int n = rows.size();
        return new GrowthPicture.Panel(
                axis.title,
                IntStream.range(0, n).mapToObj(i -> rows.get(i).x).toList(),
                IntStream.range(0, n).mapToObj(i -> rows.get(i).cpuMs).toList(),
                IntStream.range(0, n)
                        .mapToObj(i -> rows.get(i).gflop * msPerGflop)
                        .toList());
    }
}

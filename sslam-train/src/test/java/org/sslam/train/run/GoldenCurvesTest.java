package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.train.finetune.FinetuneConfig;

/**
 * Twenty losses of every method at tiny size, on synthesised sounds: two runs give equal bits, and every machine gives the
 * losses of {@code golden-curves.json} but for what the order of its sums changes.
 *
 * <p>A wanted change is recorded by {@code mvn -pl sslam-train -am test -Dtest=GoldenCurvesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsslam.freeze=true}.
 */
class GoldenCurvesTest {
    private static final String RESOURCE = "golden-curves.json";
    private static final double TOLERANCE = 1e-3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] TWENTY = {
        "optimizer.maxUpdates=20",
        "optimizer.learningRate=1e-3",
        "optimizer.warmupUpdates=4",
        "loop.logEvery=1",
        "loop.checkpointEvery=20"
    };

    @TempDir
    static Path folder;

    private static TinyRun sslam;
    private static TinyAudioMae audioMae;
    private static TinyMwmae multiWindow;
    private static TinyTask task;

    @BeforeAll
    static void sounds() throws IOException {
        sslam = new TinyRun(folder);
        audioMae = new TinyAudioMae(folder);
        multiWindow = new TinyMwmae(folder.resolve("multi-window"));
        task = new TinyTask(folder);
    }

    private static String[] twenty(String... more) {
        List<String> all = new ArrayList<>(List.of(TWENTY));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Trains and returns the folder with the log. */
    private static Path run(String method, String name) {
        Path output = folder.resolve(method + name);
        List<String> notices = new ArrayList<>();
        switch (method) {
            case "sslam-stage1" -> TinyRun.run(sslam.config(output, twenty("objective.variant=mb-ua")), notices);
            case "sslam-stage2" -> TinyRun.run(sslam.config(output, twenty("objective.variant=sslam")), notices);
            case "audiomae" -> TinyAudioMae.run(audioMae.config(output, twenty()), notices);
            case "mwmae", "mae" ->
                TinyMwmae.run(multiWindow.config("esc-tiny-" + method + ".yaml", output, twenty()), notices);
            case "finetune" -> {
                return fineTuned(output, notices, "mixup.alpha=0.8", "bands.ratio=0.2");
            }
            default -> {
                return fineTuned(output, notices, "mode=linear", "linear.learningRate=1e-2", "dropPath=0");
            }
        }
        return output;
    }

    private static Path fineTuned(Path output, List<String> notices, String... more) {
        FinetuneConfig config = task.config(output, twenty(more));
        TinyTask.train(config, notices).orElseThrow();
        return TinyTask.run(config, notices).folder();
    }

    private static List<Double> losses(List<Map<String, Double>> log) {
        return log.stream()
                .filter(line -> line.containsKey("loss"))
                .map(line -> line.get("loss"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslam-stage1", "sslam-stage2", "audiomae", "mwmae", "mae", "finetune", "linear"})
    void twoRunsGiveTheSameBitsAndTheRecordedCurve(String method) throws IOException {
        List<Map<String, Double>> log = MetricLines.of(run(method, "-1"));
        assertEquals(log, MetricLines.of(run(method, "-2")));
        List<Double> now = losses(log);
        assertEquals(20, now.size());
        if (Boolean.getBoolean("sslam.freeze")) {
            record(method, now);
            return;
        }
        List<Double> golden = golden().get(method);
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    golden.get(i),
                    now.get(i),
                    TOLERANCE * Math.abs(golden.get(i)),
                    method + ", update " + (i + 1) + ": " + now);
        }
    }

    private static Map<String, List<Double>> golden() throws IOException {
        try (InputStream recorded = GoldenCurvesTest.class.getResourceAsStream(RESOURCE)) {
            return JSON.readValue(recorded, new TypeReference<>() {});
        }
    }

    private static void record(String method, List<Double> losses) throws IOException {
        Path file = Path.of("src", "test", "resources", "org", "sslam", "train", "run", RESOURCE);
        Files.createDirectories(file.getParent());
        Map<String, List<Double>> all = new TreeMap<>();
        if (Files.exists(file)) {
            all.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<String, List<Double>>>() {}));
        }
        all.put(method, losses);
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }
}

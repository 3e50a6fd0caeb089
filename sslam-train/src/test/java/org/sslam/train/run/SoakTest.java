package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.run.MetricLog;
import org.sslam.train.YoungGeneration;
import org.sslam.train.finetune.FinetuneConfig;
import org.sslam.train.loop.StopSignal;

/** Whole runs of thousands of updates, with checkpoints and evaluations in between: nothing grows, nothing slows down. */
@Tag("long")
class SoakTest {
    private static final int WARM_UP = 2000;
    private static final int UPDATES = WARM_UP + 2000;
    private static final double MAX_MIB_PER_UPDATE = 0.2 / 100;
    private static final double MAX_DRIFT = 0.3;
    private static final String[] LONG = {
        "optimizer.maxUpdates=" + UPDATES, "loop.logEvery=50", "loop.checkpointEvery=50", "loop.keepLast=2"
    };

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();

    @Test
    void preTraining() {
        TinyRun tiny = new TinyRun(folder);
        YoungGeneration.touch();
        Path output = folder.resolve("stage2");
        List<String> more = new ArrayList<>(List.of(LONG));
        more.add("objective.variant=sslam");
        TinyRun.run(tiny.config(output, more.toArray(String[]::new)), notices);
        staysAsItIs("stage 2", output);
    }

    @Test
    void fineTuning() throws IOException {
        TinyTask tiny = new TinyTask(folder);
        FinetuneConfig config = tiny.config(folder.resolve("finetune"), LONG);
        FinetuneTask base = TinyTask.task(config, notices);
        List<Long> arrays = new ArrayList<>();
        FinetuneTask counted = new FinetuneTask(
                config,
                base.clips(),
                base.dataHash(),
                base.targets(),
                base.encoder(),
                base.figureName(),
                (logits, right) -> {
                    arrays.add(liveArrays());
                    return base.figure().of(logits, right);
                });
        FinetuneRun run = new FinetuneRun(counted, counted.clips().splits().get(0), 1, "test", notices::add);
        YoungGeneration.touch();
        try (StopSignal stop = new StopSignal()) {
            run.run(() -> TinyTask.features(config, notices), stop).orElseThrow();
        }
        assertTrue(arrays.size() >= UPDATES / 7, arrays.size() + " evaluations");
        assertEquals(1, arrays.stream().skip(1).distinct().count(), "live arrays at each evaluation: " + arrays);
        System.out.println("fine-tuning: " + arrays.size() + " evaluations, live arrays always " + arrays.get(1));
        staysAsItIs("fine-tuning", run.folder());
    }

    private static void staysAsItIs(String what, Path run) {
        SimpleRegression memory = new SimpleRegression();
        SimpleRegression speed = new SimpleRegression();
        double mean = 0;
        for (Map<String, Double> line : MetricLog.read(run.resolve("metrics.jsonl"))) {
            if (line.containsKey("memory_mib") && line.get("step") > WARM_UP) {
                memory.addData(line.get("step"), line.get("memory_mib"));
                speed.addData(line.get("step"), 1 / line.get("clips_per_second"));
                mean += 1 / line.get("clips_per_second");
            }
        }
        mean /= speed.getN();
        double drift = speed.getSlope() * (UPDATES - WARM_UP) / mean;
        System.out.printf(
                "%s: %.3f MiB in 100 updates, step time %+.1f %% over %d updates%n",
                what, 100 * memory.getSlope(), 100 * drift, UPDATES - WARM_UP);
        assertTrue(memory.getSlope() < MAX_MIB_PER_UPDATE, what + " grows by " + memory.getSlope() + " MiB an update");
        assertTrue(drift < MAX_DRIFT, what + " becomes slower by a share of " + drift);
    }

    /** Arrays of every manager of the process. */
    private static long liveArrays() {
        try (NDManager base = NDManager.newBaseManager()) {
            return below(base.getParentManager());
        }
    }

    private static long below(Object manager) {
        try {
            Field resources = BaseNDManager.class.getDeclaredField("resources");
            resources.setAccessible(true);
            long arrays = 0;
            for (Object resource : ((Map<?, ?>) resources.get(manager)).values()) {
                arrays += resource instanceof NDArray ? 1 : resource instanceof BaseNDManager ? below(resource) : 0;
            }
            return arrays;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.sslam.eval.statistics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.sslam.core.random.Draws;
import org.sslam.eval.result.EpochChoice;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.result.EvaluationRun;
import org.sslam.eval.result.ResultFile;
import org.sslam.eval.result.Results;
import org.sslam.eval.result.ScoreFile;
import org.sslam.eval.result.TestScores;

/** Results on disk whose scores follow their labels with a chosen amount of noise. */
public final class MadeUpResults {
    private MadeUpResults() {}

    /** Names of classes: class 0, class 1 ... */
    public static List<String> classes(int count) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            names.add("class " + c);
        }
        return names;
    }

    /**
     * Scores of clips with one label (multiLabel false) or about two.
     *
     * @param labelSeed decides labels, scoreSeed decides scores
     * @param noise 0: perfect scores
     */
    public static TestScores scores(
            int clips, int classes, boolean multiLabel, long labelSeed, long scoreSeed, double noise) {
        SplittableRandom labels = new SplittableRandom(labelSeed);
        SplittableRandom random = new SplittableRandom(scoreSeed);
        List<String> ids = new ArrayList<>();
        float[][] scoresNC = new float[clips][classes];
        boolean[][] targetsNC = new boolean[clips][classes];
        for (int i = 0; i < clips; i++) {
            ids.add(String.format("clip-%05d.wav", i));
            targetsNC[i][Draws.below(labels, classes)] = true;
            if (multiLabel) {
                targetsNC[i][Draws.below(labels, classes)] = true;
            }
            for (int c = 0; c < classes; c++) {
                scoresNC[i][c] = (float) ((targetsNC[i][c] ? 1 : 0) + noise * Draws.gaussian(random));
            }
        }
        return new TestScores(ids, scoresNC, targetsNC);
    }

    /** Writes one result; the outer list holds folds (one: none), the inner one seeds. */
    public static ScoredResult write(
            Path folder, String task, String system, ClipMetric metric, List<List<TestScores>> foldsOfSeeds) {
        return write(folder, task, system, metric, foldsOfSeeds, Optional.empty(), "");
    }

    /** The same with a record of how the epochs were chosen and what the test clips were. */
    public static ScoredResult write(
            Path folder,
            String task,
            String system,
            ClipMetric metric,
            List<List<TestScores>> foldsOfSeeds,
            Optional<EpochChoice> choice,
            String testHash) {
        List<EvaluationRun> runs = new ArrayList<>();
        for (int f = 0; f < foldsOfSeeds.size(); f++) {
            for (int s = 0; s < foldsOfSeeds.get(f).size(); s++) {
                TestScores scores = foldsOfSeeds.get(f).get(s);
                String file = "scores-" + f + "-" + s + ".safetensors";
                ScoreFile.write(folder.resolve(file), scores);
                double value = metric.of(scores);
                runs.add(new EvaluationRun(
                        s + 1,
                        foldsOfSeeds.size() == 1 ? OptionalInt.empty() : OptionalInt.of(f + 1),
                        value,
                        Map.of(metric.metricName(), value),
                        List.of(0.5 * value, 0.9 * value, value),
                        3,
                        file,
                        choice,
                        testHash));
            }
        }
        int classes = foldsOfSeeds.get(0).get(0).classes();
        EvaluationResult result = Results.result(task, system, metric.metricName(), classes(classes), runs);
        ResultFile.write(folder, result);
        return ScoredResult.open(folder);
    }
}

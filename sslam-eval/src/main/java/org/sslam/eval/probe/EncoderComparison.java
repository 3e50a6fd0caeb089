package org.sslam.eval.probe;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.Labels;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;
import org.sslam.core.random.Seeds;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.sslam.SslamEncoder;

/**
 * The same linear probe on the same clips for several encoders, for one with fresh weights, and for plain log-mel
 * statistics: what pre-training gives over what is there without it.
 *
 * <p>Features are [CLS ; mean over tokens], standardised on the training folds. Clips of one label each are judged by
 * accuracy, clips of several by mAP, each fold left out once.
 */
public final class EncoderComparison {
    /** Row of the encoder with fresh weights. */
    public static final String RANDOM = "random encoder";
    /** Row of mean and deviation of each mel bin. */
    public static final String MEL = "log-mel statistics";

    private static final int BATCH = 16;

    private final DataConfig data;
    private final ProbeOptions options;
    private final long seed;

    /** Shows how far each row is. */
    @FunctionalInterface
    public interface Watcher {
        /** Runs a row's pass over the clips with a listener that it may tell. */
        <R> R over(String name, Function<ProgressListener, R> pass);
    }

    /**
     * @param data labelled clips with folds
     * @param options of the probe
     * @param seed of the fresh weights
     */
    public EncoderComparison(DataConfig data, ProbeOptions options, long seed) {
        this.data = data;
        this.options = options;
        this.seed = seed;
    }

    /**
     * Probes all rows.
     *
     * @param encoders folders by row name, see {@link EncoderFiles}; all of the same sizes as the first
     * @return result by row: statistics, random, then the encoders in order
     */
    public Map<String, ProbeResult> run(Map<String, Path> encoders, Watcher watcher) {
        ClipSource source = ClipSources.open(data);
        Labels labels = ClipSources.labels(data, source);
        checkFolds(source);
        Ops ops = ops();
        Map<String, ProbeResult> results = new LinkedHashMap<>();
        for (Map.Entry<String, Path> row : encoders.entrySet()) {
            try (NDManager manager = NDManager.newBaseManager()) {
                EncoderFiles.Loaded loaded = EncoderFiles.load(manager, row.getValue());
                if (results.isEmpty()) {
                    results.put(
                            MEL,
                            watcher.over(
                                    MEL,
                                    listener -> judge(
                                            source,
                                            labels,
                                            loaded.frontEnd(),
                                            ClipFeatures.melStatistics(),
                                            listener)));
                    results.put(
                            RANDOM,
                            watcher.over(RANDOM, listener -> random(source, labels, loaded, ops, manager, listener)));
                }
                ClipFeatures.Extractor extractor = ClipFeatures.clsAndMean(loaded.encoder(), ops, manager);
                results.put(
                        row.getKey(),
                        watcher.over(
                                row.getKey(),
                                listener -> judge(source, labels, loaded.frontEnd(), extractor, listener)));
            }
        }
        return results;
    }

    private static void checkFolds(ClipSource source) {
        long distinct = source.clips().stream()
                .map(
                        c -> c.fold()
                                .orElseThrow(
                                        () -> new UserException(
                                                "clip " + c.id()
                                                        + " has no fold; a probe leaves folds out, so use an ESC-50 layout or a list with a fold column")))
                .distinct()
                .count();
        if (distinct < 2) {
            throw new UserException(
                    source.description() + " has a single fold; a probe trains on the others, so give at least two");
        }
    }

    private static Ops ops() {
        Torch.start();
        return new ScriptOps(Precision.FP32);
    }

    private ProbeResult random(
            ClipSource source,
            Labels labels,
            EncoderFiles.Loaded like,
            Ops ops,
            NDManager manager,
            ProgressListener progress) {
        Torch.seed(Seeds.of(seed, "random encoder"));
        SslamEncoder fresh = new SslamEncoder(
                new Init(manager), like.encoder().config(), like.frontEnd().melBins());
        return judge(source, labels, like.frontEnd(), ClipFeatures.clsAndMean(fresh, ops, manager), progress);
    }

    private ProbeResult judge(
            ClipSource source,
            Labels labels,
            FrontEndConfig frontEnd,
            ClipFeatures.Extractor extractor,
            ProgressListener progress) {
        LoaderOptions loading = LoaderOptions.evaluation(BATCH).withData(data);
        ClipFeatures.Table table = ClipFeatures.extract(source, new FrontEnd(frontEnd), loading, extractor, progress);
        // A broken clip's substitute would count twice: only clips that stand for themselves are judged.
        int[] kept = IntStream.range(0, source.size())
                .filter(i -> table.clips()[i] == i)
                .toArray();
        List<Clip> clips = Arrays.stream(kept).mapToObj(source::clip).toList();
        float[][] rows = Arrays.stream(kept).mapToObj(i -> table.rows()[i]).toArray(float[][]::new);
        int[] folds = clips.stream().mapToInt(c -> c.fold().orElseThrow()).toArray();
        FoldedProbe probe = new FoldedProbe(options);
        if (clips.stream().allMatch(c -> c.labels().size() == 1)) {
            int[] classes = clips.stream()
                    .mapToInt(c -> labels.index(c.labels().iterator().next()))
                    .toArray();
            return probe.accuracy(rows, classes, labels.size(), folds);
        }
        boolean[][] targets = new boolean[clips.size()][labels.size()];
        for (int i = 0; i < targets.length; i++) {
            for (String label : clips.get(i).labels()) {
                targets[i][labels.index(label)] = true;
            }
        }
        int[] leftOut = Arrays.stream(folds).distinct().sorted().toArray();
        return probe.meanAveragePrecision(rows, targets, folds, leftOut);
    }
}

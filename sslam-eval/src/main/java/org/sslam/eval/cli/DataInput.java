package org.sslam.eval.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.DataFormat;
import org.sslam.audio.shard.ShardSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which data set a verb reads. */
final class DataInput {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            description = "folder, manifest (.tsv, .csv, .json), data set in ESC-50 layout, mixed or packed set")
    private Path path;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description =
                    "how the data set is written down: ${COMPLETION-CANDIDATES}; default: told by what lies there")
    private DataFormat format = DataFormat.AUTO;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "folder that a manifest's relative paths start from, instead of the one it names")
    private Optional<Path> root = Optional.empty();

    @Option(names = "--fold", paramLabel = "N", description = "only clips of this fold; may be given again")
    private List<Integer> folds = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "only the first N clips")
    private int limit;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads that decode, and the engine's where it is used; default: one for each processor")
    private int threads;

    /** Opens the data set. */
    ClipSource open() {
        return ClipSources.open(config());
    }

    /**
     * The options as a configuration.
     *
     * @throws ParameterException when they contradict each other
     */
    DataConfig config() {
        DataConfig standard = DataConfig.at(path);
        try {
            return new DataConfig(
                    format,
                    path,
                    root,
                    standard.labels(),
                    standard.descriptors(),
                    standard.labelFromFolder(),
                    folds,
                    limit,
                    standard.quarantineLimit(),
                    threads,
                    standard.prefetchBatches(),
                    standard.cacheMegabytes(),
                    standard.logMel());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The name of what is read, without its folders. */
    String name() {
        Path file = path.toAbsolutePath().normalize().getFileName();
        return file == null ? path.toString() : file.toString();
    }

    /**
     * Refuses to write where the data set is read from.
     *
     * @throws ParameterException if the output lies inside it
     */
    void refuseInside(Path output) {
        if (output.toAbsolutePath().normalize().startsWith(path.toAbsolutePath().normalize())) {
            throw new ParameterException(
                    spec.commandLine(), "--output " + output + " lies inside " + path + ": choose a folder outside it");
        }
    }

    /** The shards that are read, where the data set is packed. */
    Optional<ShardSet> shards() {
        boolean packed = ShardSet.isAt(path) || path.endsWith(ShardSet.FILE);
        return packed ? Optional.of(ShardSet.read(path)) : Optional.empty();
    }

    int threads() {
        return threads;
    }
}

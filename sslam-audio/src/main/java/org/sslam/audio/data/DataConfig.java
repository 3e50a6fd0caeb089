package org.sslam.audio.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sslam.core.config.Key;

/**
 * Which clips a run uses and how it reads them; the section {@code data} of a configuration.
 *
 * @param format how the data set is written down
 * @param path folder or manifest
 * @param root folder that a manifest's relative paths start from, instead of the one it names
 * @param labels label file of a TSV manifest; none: the .lbl file beside it, if there is one
 * @param descriptors label_descriptors.csv that fixes the order of classes; none: alphabetical
 * @param labelFromFolder whether clips of a folder tree are labelled by the folder they lie in
 * @param folds only clips of these folds; empty: all
 * @param limit only the first clips; 0: all
 * @param quarantineLimit share of broken files above which a run stops
 * @param loaderThreads workers that decode; 0: one for each processor
 * @param prefetchBatches batches that are made ahead
 * @param cacheMegabytes memory for decoded waveforms; 0: none
 * @param logMel whether a packed set's own log-mels are used
 */
public record DataConfig(
        @Key(doc = "auto, folder, tsv, csv, json, esc50 or shards", value = "auto") DataFormat format,
        @Key(doc = "folder or manifest") Path path,
        @Key(doc = "folder that a manifest's paths start from, instead of the one it says") Optional<Path> root,
        @Key(doc = "label file of a tsv manifest, instead of the .lbl file beside it") Optional<Path> labels,
        @Key(doc = "label_descriptors.csv, instead of classes in alphabetical order") Optional<Path> descriptors,
        @Key(doc = "label clips of a folder tree by their folder's name", value = "true") boolean labelFromFolder,
        @Key(doc = "only clips of these folds; empty: all", value = "[]") List<Integer> folds,
        @Key(doc = "only the first clips; 0: all", value = "0") int limit,
        @Key(doc = "share of broken files above which a run stops", value = "0.01") double quarantineLimit,
        @Key(doc = "threads that decode; 0: one for each processor", value = "0") int loaderThreads,
        @Key(doc = "batches that are made ahead", value = "4") int prefetchBatches,
        @Key(doc = "memory for decoded waveforms; 0: none", value = "0") int cacheMegabytes,
        @Key(
                        doc = "computed from the sounds, or stored: read from a set that 'data pack --log-mel' made;"
                                + " stored-rolled: so, and rolled by whole frames where the waveform would be",
                        value = "computed")
                LogMelSource logMel) {
    /** Checks the ranges. */
    public DataConfig {
        folds = List.copyOf(folds);
        check(!path.toString().isBlank(), "path must not be empty: name a folder or a manifest");
        check(limit >= 0, "limit must be at least 0, not " + limit);
        check(quarantineLimit >= 0 && quarantineLimit <= 1, "quarantineLimit must be 0 to 1, not " + quarantineLimit);
        check(loaderThreads >= 0, "loaderThreads must be at least 0, not " + loaderThreads);
        check(prefetchBatches >= 1, "prefetchBatches must be at least 1, not " + prefetchBatches);
        check(cacheMegabytes >= 0, "cacheMegabytes must be at least 0, not " + cacheMegabytes);
    }

    /** All clips at a path, format by what lies there, everything else as by default. */
    public static DataConfig at(Path path) {
        return new DataConfig(
                DataFormat.AUTO,
                path,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(),
                0,
                0.01,
                0,
                4,
                0,
                LogMelSource.COMPUTED);
    }

    /** The same with another format. */
    public DataConfig withFormat(DataFormat other) {
        return with(other, folds, limit, logMel);
    }

    /** The same with other folds. */
    public DataConfig withFolds(List<Integer> only) {
        return with(format, only, limit, logMel);
    }

    /** The same with another number of clips. */
    public DataConfig withLimit(int clips) {
        return with(format, folds, clips, logMel);
    }

    /** The same with log-mels from elsewhere. */
    public DataConfig withLogMel(LogMelSource from) {
        return with(format, folds, limit, from);
    }

    private DataConfig with(DataFormat otherFormat, List<Integer> otherFolds, int otherLimit, LogMelSource from) {
        return new DataConfig(
                otherFormat,
                path,
                root,
                labels,
                descriptors,
                labelFromFolder,
                otherFolds,
                otherLimit,
                quarantineLimit,
                loaderThreads,
                prefetchBatches,
                cacheMegabytes,
                from);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}

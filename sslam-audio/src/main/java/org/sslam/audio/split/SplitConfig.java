package org.sslam.audio.split;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sslam.audio.data.DataConfig;
import org.sslam.audio.data.DataFormat;
import org.sslam.audio.data.LogMelSource;
import org.sslam.core.config.Key;

/**
 * The data of a task; the section {@code data} of a fine-tuning configuration.
 *
 * <p>Either {@code folder}, or {@code train} with {@code eval}. Clips of a single list are judged fold by fold.
 *
 * @param folder holds train, [valid,] eval as .csv, .json or .tsv, and label_descriptors.csv if the order of classes
 *     matters; or a single list with folds; or ESC-50's layout; or is itself a list with folds
 * @param train training clips
 * @param valid clips to choose an epoch by
 * @param eval test clips
 * @param root folder that the lists' relative paths start from
 * @param descriptors label_descriptors.csv; none: the folder's, or all labels in alphabetical order
 * @param folds folds to leave out, one at a time; empty: every fold
 * @param quarantineLimit share of broken files above which a run stops
 * @param loaderThreads workers that decode; 0: one for each processor
 * @param prefetchBatches batches that are made ahead
 * @param cacheMegabytes memory for decoded waveforms; 0: none
 */
public record SplitConfig(
        @Key(
                        doc =
                                "folder with train, [valid,] eval (.csv, .json or .tsv), in ESC-50's layout, packed with folds,"
                                        + " or with one list that has folds; or such a list itself")
                Optional<Path> folder,
        @Key(doc = "instead of folder: list of the training clips") Optional<Path> train,
        @Key(doc = "with train: list of the validation clips") Optional<Path> valid,
        @Key(doc = "with train: list of the test clips") Optional<Path> eval,
        @Key(doc = "folder that the lists' paths start from, instead of the one they say") Optional<Path> root,
        @Key(doc = "label_descriptors.csv, instead of the folder's or of alphabetical order")
                Optional<Path> descriptors,
        @Key(doc = "folds to leave out, one at a time; empty: every fold", value = "[]") List<Integer> folds,
        @Key(doc = "share of broken files above which a run stops", value = "0.01") double quarantineLimit,
        @Key(doc = "threads that decode; 0: one for each processor", value = "0") int loaderThreads,
        @Key(doc = "batches that are made ahead", value = "4") int prefetchBatches,
        @Key(doc = "memory for decoded waveforms, training and test each; 0: none", value = "0") int cacheMegabytes) {
    /** Checks that the clips are named in one way. */
    public SplitConfig {
        folds = List.copyOf(folds);
        if (folder.isPresent() == (train.isPresent() || eval.isPresent())) {
            throw new IllegalArgumentException(
                    "name the clips by folder, or by train and eval (folder=null takes a" + " folder away)");
        }
        if (train.isPresent() != eval.isPresent() || (valid.isPresent() && train.isEmpty())) {
            throw new IllegalArgumentException("train and eval go together, and valid only with them");
        }
    }

    /** How one list is read. */
    public DataConfig at(Path path) {
        return new DataConfig(
                DataFormat.AUTO,
                path,
                root,
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(),
                0,
                quarantineLimit,
                loaderThreads,
                prefetchBatches,
                cacheMegabytes,
                LogMelSource.COMPUTED);
    }

    /** How clips are decoded, for loaders; which they are does not matter there. */
    public DataConfig loading() {
        return at(folder.or(() -> train).orElseThrow());
    }
}

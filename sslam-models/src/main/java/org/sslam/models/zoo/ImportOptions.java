package org.sslam.models.zoo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.sslam.audio.data.Labels;
import org.sslam.models.encoder.Classifier;

/**
 * What a user says about a weight file beyond what stands in it.
 *
 * @param kind the kind of the file; found out if absent
 * @param teacher whether the averaged network is wanted and not the trained one
 * @param positions what may be done to the position table
 * @param frames of the clips
 * @param melBins of the clips
 * @param mean of the log-mels
 * @param std of the log-mels
 * @param heads number of attention heads
 * @param keepDecoder whether everything that pre-training goes on with is wanted, not only the encoder
 * @param ignoreExtra whether tensors without a place are passed over
 * @param card entries of the model card, by name, in place of those of the published file
 * @param head what the head of a fine-tuned network tells apart; without it the encoder alone is taken
 */
public record ImportOptions(
        Optional<String> kind,
        boolean teacher,
        PositionFit positions,
        OptionalInt frames,
        OptionalInt melBins,
        OptionalDouble mean,
        OptionalDouble std,
        OptionalInt heads,
        boolean keepDecoder,
        boolean ignoreExtra,
        Map<String, String> card,
        Optional<Head> head) {
    /**
     * What a head tells apart.
     *
     * @param classes in the order of its outputs
     * @param single whether a clip has one class, not any number
     * @param pooling what the head sees; what the published heads of the family see if absent
     */
    public record Head(Labels classes, boolean single, Optional<Classifier.Pooling> pooling) {
        /** Checks the pooling: published heads are as wide as their encoder. */
        public Head {
            if (pooling.equals(Optional.of(Classifier.Pooling.ROWS))) {
                throw new IllegalArgumentException("no published head sees rows; choose cls, mean or lin_softmax");
            }
        }
    }

    /** Keeps its own copy. */
    public ImportOptions {
        card = Map.copyOf(card);
    }

    /** Nothing beyond what stands in the file. */
    public static ImportOptions none() {
        return new ImportOptions(
                Optional.empty(),
                false,
                PositionFit.EXACT,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                false,
                false,
                Map.of(),
                Optional.empty());
    }
}

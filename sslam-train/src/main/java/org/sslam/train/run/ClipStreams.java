package org.sslam.train.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.load.BatchStream;
import org.sslam.audio.load.ClipLoader;
import org.sslam.audio.load.LoaderOptions;
import org.sslam.audio.load.Quarantined;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.Classifier;
import org.sslam.train.finetune.FrozenFeatures;
import org.sslam.train.finetune.HeadInput;

/** What a run reads: batches of log-mels, or of features that were computed once. */
record ClipStreams(FrontEnd frontEnd, Optional<FrozenFeatures> features) {
    /** The clips of a source that batches can hold. */
    ClipSource readable(ClipSource source) {
        return features.map(kept -> kept.readable(source)).orElse(source);
    }

    BatchStream open(ClipSource source, LoaderOptions options) {
        return features.isPresent()
                ? features.get().stream(source, options)
                : ClipLoader.open(source, frontEnd, options);
    }

    /** Ids of a source's clips that could not be decoded, as far as is known. */
    List<String> broken(ClipSource source, BatchStream stream) {
        if (features.isEmpty()) {
            return stream.stats().quarantined().stream().map(Quarantined::id).toList();
        }
        Set<String> known = source.clips().stream().map(Clip::id).collect(Collectors.toSet());
        return features.get().broken().stream()
                .map(Quarantined::id)
                .filter(known::contains)
                .toList();
    }

    /** What a head makes of these batches. */
    HeadInput input(Classifier classifier, Ops ops) {
        return features.isPresent() ? HeadInput.ofFeatures() : HeadInput.ofMels(classifier, ops);
    }
}

package org.sslam.eval.finetune;

import java.util.Set;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataHash;
import org.sslam.eval.result.TestScores;

/** Names the files that were judged, so that two results can be told to be of the same sounds. */
final class JudgedClips {
    private JudgedClips() {}

    /** Quick hash over the clips of a source that have scores. */
    static String hash(ClipSource source, TestScores scores) {
        Set<String> scored = Set.copyOf(scores.clips());
        return DataHash.quick(ClipSources.select(
                source, clip -> scored.contains(clip.id()), source.description(), "none has a score"));
    }
}

package org.sslam.eval.finetune;

import java.util.List;
import java.util.Set;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.DataHash;
import org.sslam.eval.result.TestScores;

/** Names the files that were judged, so that two results can be told to be of the same sounds. */
final class JudgedClips {
    private JudgedClips() {}

    /** Hash over ids and sizes of the clips of a source that have scores. */
    static String hash(ClipSource source, TestScores scores) {
        Set<String> scored = Set.copyOf(scores.clips());
        List<Clip> clips = source.clips().stream()
                .filter(clip -> scored.contains(clip.id()))
                .toList();
        return DataHash.quick(ClipSources.of(source.description(), clips));
    }
}

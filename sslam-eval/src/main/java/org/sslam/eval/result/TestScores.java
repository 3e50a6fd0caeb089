package org.sslam.eval.result;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sslam.core.UserException;

/**
 * What a system said of each test clip. The arrays are not copied and must not be changed.
 *
 * @param clips ids of the N clips, distinct, without line ends
 * @param scoresNC logits, N clips x C classes
 * @param targetsNC true where the clip has the label
 */
public record TestScores(List<String> clips, float[][] scoresNC, boolean[][] targetsNC) {
    /**
     * Checks that every clip has one score and one target for each class.
     *
     * @throws UserException when a score is NaN or infinite
     */
    public TestScores {
        clips = List.copyOf(clips);
        if (clips.isEmpty() || scoresNC.length != clips.size() || targetsNC.length != clips.size()) {
            throw new IllegalArgumentException(clips.size() + " clips, " + scoresNC.length + " scores and "
                    + targetsNC.length + " targets: these must be equal and at least 1");
        }
        int classes = scoresNC[0].length;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < scoresNC.length; i++) {
            String clip = clips.get(i);
            if (clip.isEmpty() || clip.indexOf('\n') >= 0 || !seen.add(clip)) {
                throw new IllegalArgumentException("clip " + i + " has the id '" + clip
                        + "'; ids must be distinct, not empty and without line ends");
            }
            if (classes == 0 || scoresNC[i].length != classes || targetsNC[i].length != classes) {
                throw new IllegalArgumentException("clip '" + clip + "' has " + scoresNC[i].length + " scores and "
                        + targetsNC[i].length + " targets, the first one " + classes
                        + " scores: these must be equal and at least 1");
            }
            for (int c = 0; c < classes; c++) {
                if (!Float.isFinite(scoresNC[i][c])) {
                    throw new UserException("the score of test clip '" + clip + "' for class " + c + " is "
                            + scoresNC[i][c] + "; the weights diverged, so train again with a lower learning rate");
                }
            }
        }
    }

    /** Number of classes, C. */
    public int classes() {
        return scoresNC[0].length;
    }

    /** The same scores, the clips in the order of their ids. */
    public TestScores sortedByClip() {
        Integer[] order = new Integer[clips.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(clips::get));
        return new TestScores(
                Arrays.stream(order).map(clips::get).toList(),
                Arrays.stream(order).map(i -> scoresNC[i]).toArray(float[][]::new),
                Arrays.stream(order).map(i -> targetsNC[i]).toArray(boolean[][]::new));
    }
}

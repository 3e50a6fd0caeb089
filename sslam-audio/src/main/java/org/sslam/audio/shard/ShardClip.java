package org.sslam.audio.shard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One clip of a shard.
 *
 * @param key name of its members up to the ending
 * @param id name in the data set it comes from
 * @param seconds length of its sound
 * @param labels classes, in the order of that data set
 * @param fold number of its fold; null if it has none
 * @param sound {@code KEY.wav} or {@code KEY.flac}
 * @param json {@code KEY.json}
 * @param mel {@code KEY.mel.npy}; null if the set has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShardClip(
        String key, String id, double seconds, List<String> labels, Integer fold, Span sound, Span json, Span mel) {
    private static final String JSON_ENDING = ".json";
    private static final String MEL_ENDING = ".mel.npy";

    /** Checks that all is there. */
    public ShardClip {
        if (key == null || !key.matches("[0-9A-Za-z_-]{1,64}")) {
            throw new IllegalArgumentException("no key of a clip: " + key);
        }
        if (id == null || id.isEmpty() || !(seconds >= 0) || labels == null || sound == null || json == null) {
            throw new IllegalArgumentException("clip " + key + " lacks id, seconds, labels, sound or json");
        }
        labels = List.copyOf(labels);
    }

    /** Name of the member that holds the sound. */
    String soundName(ShardCodec codec) {
        return key + "." + codec.extension();
    }

    /** Name of the member that holds the description. */
    static String jsonName(String key) {
        return key + JSON_ENDING;
    }

    /** Name of the member that holds the log-mel. */
    static String melName(String key) {
        return key + MEL_ENDING;
    }
}

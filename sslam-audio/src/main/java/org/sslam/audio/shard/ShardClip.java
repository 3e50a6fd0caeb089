package org.sslam.audio.shard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

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
 * @param clippedSamples samples beyond full scale, which 16 bits cannot hold; null if there were none
 * @param sourceBytes length of the file that it was made of; null in sets that do not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShardClip(
        String key,
        String id,
        double seconds,
        List<String> labels,
        Integer fold,
        Span sound,
        Span json,
        Span mel,
        Integer clippedSamples,
        Long sourceBytes) {
    private static final Pattern KEY = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final String JSON_ENDING = ".json";
    private static final String MEL_ENDING = ".mel.npy";

    /** Checks that all is there. */
    public ShardClip {
        if (key == null || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("no key of a clip: " + key);
        }
        if (id == null || id.isEmpty() || !(seconds >= 0) || labels == null || sound == null || json == null) {
            throw new IllegalArgumentException("clip " + key + " lacks id, seconds, labels, sound or json");
        }
        labels = List.copyOf(labels);
    }

    /** The key of a place in the order of packing. */
    public static String keyOf(int place) {
        return String.format(Locale.ROOT, "%09d", place);
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

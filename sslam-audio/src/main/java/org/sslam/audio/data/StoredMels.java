package org.sslam.audio.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.LogMel;
import org.sslam.audio.shard.ShardSet;
import org.sslam.audio.shard.StoredMel;
import org.sslam.core.UserException;

/** Log-mels that lie beside the sounds of a packed set and stand for them: computed once, in half precision. */
public final class StoredMels {
    private final String set;
    private final JsonNode made;
    private final int bins;

    private StoredMels(String set, JsonNode made) {
        this.set = set;
        this.made = made;
        this.bins = made.path("bins").asInt();
    }

    static StoredMels of(ShardSet set) {
        JsonNode made = set.logMel()
                .orElseThrow(() -> new UserException("the shards in " + set.folder()
                        + " hold no log-mels: set data.logMel: computed, or pack them with --log-mel"));
        return new StoredMels(set.folder().toString(), made);
    }

    /** What a set says about its log-mels: the kind of front-end and every setting that changes a value. */
    public static ObjectNode describe(FrontEndConfig frontEnd) {
        LogMel.Options mel = frontEnd.logMel();
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", frontEnd.kind().name().toLowerCase(Locale.ROOT))
                .put("sampleRateHz", mel.sampleRateHz())
                .put("bins", mel.bins())
                .put("frameMs", mel.frameMs())
                .put("hopMs", mel.hopMs())
                .put("lowHz", mel.lowHz())
                .put("highHz", mel.highHz());
    }

    /**
     * Refuses a front-end that would have computed something else.
     *
     * @throws UserException if a setting differs, or if the front-end changes waveforms before it looks at them
     */
    public void requireFor(FrontEndConfig frontEnd, boolean changesWaveforms) {
        // Compared as text: a number that was read back may have another type.
        String wanted = describe(frontEnd).toString();
        if (!wanted.equals(made.toString())) {
            throw new UserException("the log-mels in " + set + " were made with " + made + ", the run needs " + wanted
                    + ": set data.logMel: computed");
        }
        if (changesWaveforms) {
            throw new UserException("the run rolls, mixes or keeps waveforms, which the log-mels in " + set
                    + " cannot stand for: set data.logMel: computed");
        }
    }

    /**
     * The log-mel of a clip, (frames, bins), neither fitted nor normalised.
     *
     * @throws AudioException if it is missing or damaged
     */
    public float[] read(Clip clip) throws AudioException {
        try {
            return StoredMel.read(clip.path(), bins);
        } catch (IOException e) {
            throw new AudioException(clip.path(), "its log-mel cannot be read: " + e.getMessage(), e);
        }
    }
}

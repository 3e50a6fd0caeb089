package org.sslam.audio.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LogMel;
import org.sslam.audio.shard.ShardSet;
import org.sslam.audio.shard.StoredMel;
import org.sslam.core.UserException;

/** Log-mels that lie beside the sounds of a packed set and stand for them: computed once, in half precision. */
public final class StoredMels {
    /** Keys of the front-end that are called otherwise here. */
    private static final Map<String, String> KEYS = Map.of("bins", "melBins");

    private final String set;
    private final JsonNode made;
    private final int bins;
    private final LogMelSource logMel;

    private StoredMels(String set, JsonNode made, LogMelSource logMel) {
        this.set = set;
        this.logMel = logMel;
        this.made = made;
        this.bins = made.path("bins").asInt();
    }

    static StoredMels of(ShardSet set, LogMelSource logMel) {
        JsonNode made = set.logMel()
                .orElseThrow(() -> new UserException("the shards in " + set.folder()
                        + " hold no log-mels: set data.logMel: computed, or pack them with --log-mel"));
        return new StoredMels(set.folder().toString(), made, logMel);
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
     * Refuses a run that they cannot stand for.
     *
     * @param train whether the front-end's changes of training clips apply
     * @param waveforms whether waveforms are mixed or kept
     * @throws UserException if a setting of the front-end differs, or if waveforms are needed; the keys are named
     */
    public void requireFor(FrontEndConfig frontEnd, boolean train, boolean waveforms) {
        List<String> differences = new ArrayList<>();
        describe(frontEnd).properties().forEach(setting -> {
            // Compared as text: a number that was read back may have another type.
            String wanted = setting.getValue().asText();
            String stored = made.path(setting.getKey()).asText();
            if (!wanted.equals(stored)) {
                differences.add("frontEnd." + KEYS.getOrDefault(setting.getKey(), setting.getKey()) + " is " + wanted
                        + ", theirs " + stored);
            }
        });
        if (!differences.isEmpty()) {
            throw refusal(String.join("; ", differences), "");
        }
        if (waveforms) {
            throw refusal("the run mixes or keeps waveforms (objective.mixing.kind)", "");
        }
        if (train && frontEnd.rollAndMagnitude() && logMel == LogMelSource.STORED) {
            throw refusal(
                    "frontEnd.rollAndMagnitude rolls and scales waveforms",
                    ", set data.logMel: stored-rolled to roll the log-mels by whole frames instead,"
                            + " or frontEnd.rollAndMagnitude: false");
        }
        if (train && frontEnd.rollAndMagnitude() && frontEnd.kind() != FrontEndKind.KALDI) {
            throw refusal("frontEnd.rollAndMagnitude rolls log-mels of frontEnd.kind kaldi only", "");
        }
    }

    private UserException refusal(String problem, String otherRemedies) {
        return new UserException("the log-mels in " + set + " cannot stand for the sounds: " + problem
                + "; set data.logMel: computed" + otherRemedies);
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

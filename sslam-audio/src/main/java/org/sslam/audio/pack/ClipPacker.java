package org.sslam.audio.pack;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sslam.audio.data.Clip;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.FlacEncoder;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.output.PcmWav;
import org.sslam.audio.resample.Resampler;
import org.sslam.audio.shard.BrokenClip;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.audio.shard.ShardWriter;
import org.sslam.audio.shard.SoundFiles;
import org.sslam.audio.shard.StoredMel;
import org.sslam.core.UserException;
import org.sslam.core.io.IoErrors;

/** Turns one clip into what a shard holds of it; a function of the clip and the options, for many threads. */
final class ClipPacker {
    private static final float FULL_SCALE = 32768f;

    private final AudioDecoder decoder;
    private final PackOptions options;
    private final Optional<FrontEnd> frontEnd;

    ClipPacker(AudioDecoder decoder, PackOptions options) {
        this.decoder = decoder;
        this.options = options;
        this.frontEnd = options.frontEnd();
    }

    /** Either of the two. */
    record Result(Optional<ShardWriter.Item> item, Optional<BrokenClip> broken) {}

    /**
     * Packs a clip, or says what is wrong with it.
     *
     * @throws UserException if the system does not let its file be read, which says nothing about the clip
     */
    Result pack(Clip clip) {
        try {
            return new Result(Optional.of(item(clip)), Optional.empty());
        } catch (AudioException e) {
            if (e.systemFailed()) {
                throw new UserException(
                        e.at(clip.path()).getMessage()
                                + "; no clip was marked as broken for it: mend that and run the same command again",
                        e);
            }
            return new Result(Optional.empty(), Optional.of(BrokenClip.of(clip.id(), clip.path(), e.reason())));
        }
    }

    private ShardWriter.Item item(Clip clip) throws AudioException {
        Waveform heard = decoder.decode(clip.path());
        float[] resampled =
                Resampler.of(heard.sampleRateHz(), options.sampleRateHz()).resample(heard.samples());
        if (resampled.length == 0) {
            throw new AudioException(clip.path(), "no sample is left at " + options.sampleRateHz() + " Hz");
        }
        short[] samples = PcmWav.quantised(resampled);
        byte[] sound = options.codec() == ShardCodec.FLAC
                ? FlacEncoder.encode(samples, options.sampleRateHz())
                : PcmWav.encode(samples, options.sampleRateHz());
        return new ShardWriter.Item(
                clip.id(),
                samples.length / (double) options.sampleRateHz(),
                List.copyOf(clip.labels()),
                clip.fold().isPresent() ? clip.fold().getAsInt() : null,
                sound,
                frontEnd.isPresent() ? Optional.of(mel(frontEnd.get(), samples)) : Optional.empty(),
                PcmWav.clipped(resampled),
                bytes(clip));
    }

    private static long bytes(Clip clip) {
        try {
            return SoundFiles.size(clip.path());
        } catch (IOException e) {
            throw IoErrors.cannotRead(clip.path(), e);
        }
    }

    /** Of the samples as they will be read, so that it equals what would be computed from them. */
    private byte[] mel(FrontEnd front, short[] samples) throws AudioException {
        float[] read = new float[samples.length];
        for (int i = 0; i < read.length; i++) {
            read[i] = samples[i] / FULL_SCALE;
        }
        float[] wave = front.waveform(new Waveform(read, options.sampleRateHz()));
        return StoredMel.encode(front.rawMel(wave), front.config().melBins());
    }
}

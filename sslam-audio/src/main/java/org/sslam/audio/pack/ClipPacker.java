package org.sslam.audio.pack;

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
import org.sslam.audio.shard.StoredMel;

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

    Result pack(Clip clip) {
        try {
            return new Result(Optional.of(item(clip)), Optional.empty());
        } catch (AudioException e) {
            BrokenClip broken = new BrokenClip(clip.id(), clip.path().toString(), e.reason());
            return new Result(Optional.empty(), Optional.of(broken));
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
                : PcmWav.encode(resampled, options.sampleRateHz());
        return new ShardWriter.Item(
                clip.id(),
                samples.length / (double) options.sampleRateHz(),
                List.copyOf(clip.labels()),
                clip.fold().isPresent() ? clip.fold().getAsInt() : null,
                sound,
                frontEnd.isPresent() ? Optional.of(mel(frontEnd.get(), samples)) : Optional.empty());
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

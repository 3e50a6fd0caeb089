package org.sslam.eval.embed;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.sslam.audio.data.ClipWatch;
import org.sslam.audio.data.ReadAhead;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.AudioStream;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.decode.Waveform;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.ScriptOps;
import org.sslam.models.encoder.AudioEncoder;
import org.sslam.models.zoo.EncoderZoo;

/**
 * Sounds to vectors with a pre-trained encoder.
 *
 * <pre>{@code
 * try (Embedder embedder = Embedder.load(Path.of("runs/esc-tiny-stage2"))) {
 *     float[] vector = embedder.embed(Path.of("dog.ogg"));
 * }
 * }</pre>
 *
 * <p>Sounds of any rate are resampled, channels averaged; the front-end and its normalisation are those that the encoder
 * was trained with. Decoding limits are those of {@link DecodeLimits}: up to a day for vectors, up to an hour for frames.
 *
 * <p>Thread-safe: any number of threads may call any method; a sound gives the same bits whoever else is calling. In a
 * list of sounds several windows share a pass of the engine, so the last bits may differ from those of a single call.
 *
 * <p>Source: SSLAM paper, section 4.2; EAT's notes on feature extraction.
 */
public final class Embedder implements AutoCloseable {
    private final EncoderZoo.Loaded loaded;
    private final EmbedOptions options;
    private final int layer;
    private final WindowPlan plan;
    private final EncoderPass pass;
    private final DecodingThreads decoding = new DecodingThreads(DecodeLimits.LONGEST_TIME);

    private Embedder(EncoderZoo.Loaded loaded, EmbedOptions options, NDManager root) {
        this.loaded = loaded;
        this.options = options;
        this.layer = layer(loaded.encoder(), options);
        this.plan = WindowPlan.of(loaded.encoder(), options);
        this.pass = new EncoderPass(loaded.encoder(), layer, new ScriptOps(options.precision()), root);
    }

    /** Loads an encoder with {@link EmbedOptions#standard()}. */
    public static Embedder load(Path folder) {
        return load(folder, EmbedOptions.standard());
    }

    /**
     * Loads an encoder.
     *
     * @param folder of an encoder, of a finished run, or a checkpoint
     * @throws UserException if there is no encoder, or it cannot give what the options ask for
     */
    public static Embedder load(Path folder, EmbedOptions options) {
        Torch.start(options.resolvedThreads());
        NDManager root = NDManager.newBaseManager(Torch.device(options.device()));
        boolean complete = false;
        try {
            Embedder embedder = new Embedder(EncoderZoo.load(root, folder), options, root);
            complete = true;
            return embedder;
        } finally {
            if (!complete) {
                root.close();
            }
        }
    }

    /**
     * An embedder of an encoder that is loaded already.
     *
     * @param root owner of the encoder's weights, closed with the embedder; the options' device is the weights'
     * @throws UserException if it cannot give what the options ask for
     */
    public static Embedder of(EncoderZoo.Loaded loaded, EmbedOptions options, NDManager root) {
        return new Embedder(loaded, options, root);
    }

    /** The layer that the options mean, from 1. */
    static int layer(AudioEncoder encoder, EmbedOptions options) {
        int wanted = options.layer().orElse(encoder.layers());
        if (wanted > encoder.layers()) {
            throw new UserException("layer " + wanted + " was asked for, but the encoder has " + encoder.layers()
                    + "; choose a lower one");
        }
        if (options.pooling(encoder).needsCls() && !encoder.hasCls()) {
            throw new UserException("encoders of the family " + encoder.family()
                    + " have no CLS token; choose the pooling rows or mean");
        }
        return wanted;
    }

    /**
     * The vector of a sound file.
     *
     * @return {@link #width()} numbers
     * @throws UserException if the file cannot be used; one line that names it and says why
     */
    public float[] embed(Path file) {
        return single(file.toString(), opener(file, DecodeLimits.piecewise()), vectorHead(), clip -> vectorMean());
    }

    /**
     * The vector of a sound in memory.
     *
     * @param samples one channel, nominally in [-1, 1]
     * @param sampleRateHz any rate
     * @throws UserException if there is too little sound, or a sample is not a number
     */
    public float[] embed(float[] samples, int sampleRateHz) {
        return single("the samples", opener(samples, sampleRateHz), vectorHead(), clip -> vectorMean());
    }

    /** The vectors of several files, decoded in parallel and batched; the first one that cannot be used is named. */
    public List<float[]> embed(List<Path> files) {
        return several(files.size(), i -> files.get(i).toString(), i -> opener(files.get(i), DecodeLimits.piecewise()));
    }

    /** The vectors of several sounds in memory, all of one rate. */
    public List<float[]> embed(List<float[]> sounds, int sampleRateHz) {
        return several(sounds.size(), i -> "sound " + i, i -> opener(sounds.get(i), sampleRateHz));
    }

    /**
     * The features of a sound file over time, as {@link FrequencyRows} says; CLS takes no part.
     *
     * @throws UserException if the file cannot be used
     */
    public FrameSequence frames(Path file) {
        return single(file.toString(), opener(file, DecodeLimits.standard()), options.rows(), this::stepMeans);
    }

    /** The features of a sound in memory over time. */
    public FrameSequence frames(float[] samples, int sampleRateHz) {
        return single("the samples", opener(samples, sampleRateHz), options.rows(), this::stepMeans);
    }

    /** Numbers of a vector. */
    public int width() {
        return width(pooling());
    }

    /** Numbers of a time step's vector. */
    public int frameWidth() {
        return width(options.rows());
    }

    /** Time between two vectors of {@link #frames}; where sounds are taken as a whole, up to rounding to whole steps. */
    public double frameHopSeconds() {
        return plan.stepSeconds();
    }

    /** What the encoder's input looks like: its rate, its window, its normalisation. */
    public FrontEndConfig frontEnd() {
        return loaded.encoder().frontEnd();
    }

    /** Family of the encoder, for example {@code sslam}. */
    public String family() {
        return loaded.encoder().family();
    }

    /** Layer whose tokens are taken, from 1. */
    public int layer() {
        return layer;
    }

    /** Hash over the encoder's files. */
    public String sha256() {
        return loaded.sha256();
    }

    /** Waits for the pass that runs and frees the weights; later calls fail. */
    @Override
    public void close() {
        decoding.close();
        pass.close();
    }

    EmbedOptions options() {
        return options;
    }

    WindowPlan plan() {
        return plan;
    }

    Pooling pooling() {
        return options.pooling(loaded.encoder());
    }

    /** What is kept of a window for clip vectors; time steps where some of them are dropped later. */
    TokenHead vectorHead() {
        return plan.chunked() ? pooling().rows() : pooling();
    }

    Gather<float[]> vectorMean() {
        return plan.chunked() ? new RowMean(width()) : new VectorMean();
    }

    <R> ClipBatches<R> batches(TokenHead head, BooleanSupplier stopped) {
        return batches(head, stopped, decoding);
    }

    <R> ClipBatches<R> batches(TokenHead head, BooleanSupplier stopped, DecodingThreads threads) {
        return new ClipBatches<>(pass, head, options.batchSize(), stopped, threads);
    }

    StepMeans stepMeans(ClipWindows clip) {
        return new StepMeans(clip, frameWidth());
    }

    private int width(TokenHead head) {
        AudioEncoder encoder = loaded.encoder();
        return head.width(encoder, encoder.grid(encoder.frontEnd().frames()));
    }

    private <R> R single(
            String name, AudioStream.Opener sound, TokenHead head, Function<ClipWindows, Gather<R>> gathers) {
        List<R> results = new ArrayList<>(1);
        ClipBatches<R> batches = batches(head, () -> false);
        try (ClipWindows clip = new ClipWindows(sound, plan)) {
            batches.add(name, clip, gathers.apply(clip), results::add);
        } catch (AudioException e) {
            throw unusable(name, e);
        }
        batches.flush();
        return results.get(0);
    }

    private List<float[]> several(int count, IntFunction<String> names, IntFunction<AudioStream.Opener> sounds) {
        List<float[]> results = new ArrayList<>(count);
        ClipBatches<float[]> batches = batches(vectorHead(), () -> false);
        ClipWatch watch = new ClipWatch(DecodeLimits.LONGEST_TIME, names);
        try (ReadAhead<PreparedClip> ahead = new ReadAhead<>(
                count, options.resolvedThreads(), i -> PreparedClip.of(sounds.apply(i), plan), PreparedClip::close)) {
            for (int i = 0; ahead.hasNext(); i++) {
                try (PreparedClip clip = watch.next(ahead, i)) {
                    batches.add(names.apply(i), clip.windows(), vectorMean(), results::add);
                } catch (AudioException e) {
                    throw unusable(names.apply(i), e);
                }
            }
        }
        batches.flush();
        return results;
    }

    private static UserException unusable(String name, AudioException e) {
        return new UserException("cannot embed " + name + ": " + e.reason(), e);
    }

    private static AudioStream.Opener opener(Path file, DecodeLimits limits) {
        return () -> AudioDecoders.open(file, limits);
    }

    private static AudioStream.Opener opener(float[] samples, int sampleRateHz) {
        if (sampleRateHz < 1) {
            throw new UserException("a sample rate of " + sampleRateHz + " Hz is none; give the rate of the samples");
        }
        return () -> AudioStream.of(new Waveform(samples, sampleRateHz));
    }
}

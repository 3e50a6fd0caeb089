package org.sslam.audio.feature;

import java.util.Arrays;

/**
 * Kaldi-compatible log-mel spectrogram of a mono waveform.
 *
 * <p>Per frame: subtract the frame's mean, pre-emphasis 0.97, symmetric Hann window, zero-padded FFT (next power of
 * two), power, triangular mel filters, {@code ln(max(energy, 1.1920929e-7))}. Frames lie wholly inside the signal:
 * {@code 1 + floor((samples - frameSamples) / hopSamples)} of them. No dither, no scaling of the samples.
 *
 * <p>Instances are immutable and thread-safe; each thread keeps one workspace an instance, so a call allocates nothing
 * but its result. Frames are worked on in blocks, one frame a lane (see {@link LaneFft}).
 *
 * <p>Source: torchaudio {@code compliance.kaldi.fbank} with {@code window_type="hanning", use_energy=False, dither=0}.
 */
public final class LogMel {
    private static final float PREEMPHASIS = 0.97f;
    private static final float FLOOR = 1.1920929e-7f;
    /** The lowest value there is. */
    static final float LN_FLOOR = (float) StrictMath.log(FLOOR);

    private static final int LANES = 128;

    /**
     * What distinguishes one log-mel from another.
     *
     * @param sampleRateHz rate of the waveform, Hz
     * @param bins number of mel filters
     * @param frameMs window length, ms
     * @param hopMs step between frames, ms
     * @param lowHz lower edge of the first filter, Hz
     * @param highHz upper edge of the last filter, Hz; zero or negative: that much from the Nyquist frequency
     */
    public record Options(int sampleRateHz, int bins, double frameMs, double hopMs, double lowHz, double highHz) {
        public Options {
            double nyquist = sampleRateHz / 2.0;
            highHz = highHz <= 0 ? nyquist + highHz : highHz;
            if (sampleRateHz < 1 || bins < 1 || frameMs <= 0 || hopMs <= 0) {
                throw new IllegalArgumentException("log-mel needs positive rate, bins, frame and hop");
            }
            if (lowHz < 0 || lowHz >= highHz || highHz > nyquist) {
                throw new IllegalArgumentException(
                        "mel range " + lowHz + ".." + highHz + " Hz must lie within 0.." + nyquist + " Hz");
            }
        }

        /** The setting of SSLAM, EAT and AST: 16 kHz, 128 filters from 20 to 8000 Hz, 25 ms every 10 ms. */
        public static Options sslam() {
            return new Options(16000, 128, 25, 10, 20, 8000);
        }

        /** Samples a window, truncated to a whole number as Kaldi does. */
        public int frameSamples() {
            return (int) (sampleRateHz * frameMs / 1000);
        }

        /** Samples between the starts of two frames, truncated to a whole number as Kaldi does. */
        public int hopSamples() {
            return (int) (sampleRateHz * hopMs / 1000);
        }
    }

    private final Options options;
    private final int frame;
    private final int hop;
    private final float[] window;
    private final MelFilters filters;
    private final ThreadLocal<Workspace> workspaces = ThreadLocal.withInitial(Workspace::new);

    private LogMel(Options options) {
        this.options = options;
        frame = options.frameSamples();
        hop = options.hopSamples();
        if (frame < 2 || hop < 1) {
            throw new IllegalArgumentException("frame and hop must span samples: " + options);
        }
        int fftSize = Math.max(4, Integer.highestOneBit(frame - 1) * 2);
        filters = MelFilters.kaldi(options, fftSize);
        window = new float[frame];
        for (int i = 0; i < frame; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / (frame - 1)));
        }
    }

    public static LogMel kaldi(Options options) {
        return new LogMel(options);
    }

    public Options options() {
        return options;
    }

    public int bins() {
        return options.bins();
    }

    /** Weight of each bin of the power spectrum in each filter, (filters, fftSize/2 + 1); Nyquist's, the last, is 0. */
    public float[][] filterBank() {
        float[][] bank = new float[options.bins()][filters.fftSize() / 2 + 1];
        for (int m = 0; m < bank.length; m++) {
            float[] weights = filters.weights(m);
            System.arraycopy(weights, 0, bank[m], filters.firstBin(m), weights.length);
        }
        return bank;
    }

    /** Number of whole frames in {@code samples} samples; 0 when there are fewer than one window. */
    public int frames(int samples) {
        return samples < frame ? 0 : 1 + (samples - frame) / hop;
    }

    /** Log-mel of the whole waveform, (frames, bins) row-major. */
    public float[] compute(float[] wave) {
        float[] out = new float[Math.multiplyExact(frames(wave.length), options.bins())];
        compute(wave, 0, wave.length, out, 0);
        return out;
    }

    /**
     * Log-mel of {@code wave[from .. to)}, written as (frames, bins) row-major from {@code outOffset} on.
     *
     * @throws IllegalArgumentException if the range leaves the waveform or the result does not fit
     */
    public void compute(float[] wave, int from, int to, float[] outTF, int outOffset) {
        int frames = frames(to - from);
        if (from < 0 || to > wave.length || from > to) {
            throw new IllegalArgumentException("range " + from + ".." + to + " of " + wave.length + " samples");
        }
        if (outOffset < 0 || (long) outOffset + (long) frames * options.bins() > outTF.length) {
            throw new IllegalArgumentException(frames + " frames of " + options.bins() + " bins do not fit at "
                    + outOffset + " of " + outTF.length);
        }
        Workspace work = workspaces.get();
        for (int start = 0; start < frames; start += LANES) {
            int lanes = Math.min(LANES, frames - start);
            work.load(wave, from, from + start * hop, lanes);
            work.window(lanes);
            work.mel.write(lanes, outTF, outOffset + start * options.bins());
        }
    }

    /** Rows of one block of frames; a row holds the same sample (or bin, or filter) of every frame. */
    private final class Workspace {
        /** Consecutive frames share samples: column {@code c} of the chunk rows is the c-th hop of the block. */
        private final int extraColumns = (frame - 1) / hop;

        private final float[][] chunks = new float[Math.min(frame, hop)][LANES + extraColumns];
        private final float[] firstSamples = new float[LANES];
        private final float[] fullSums = new float[LANES + extraColumns];
        private final float[] tailSums = new float[LANES + extraColumns];
        private final float[] offsets = new float[LANES];
        private final MelLanes mel = new MelLanes(filters, LANES, 0, FLOOR);

        /** Transposes the block into chunk rows, takes the frame means, and pre-emphasises the rows. */
        void load(float[] wave, int from, int start, int lanes) {
            int columns = lanes + extraColumns;
            int tail = frame - extraColumns * hop;
            Arrays.fill(fullSums, 0f);
            Arrays.fill(tailSums, 0f);
            for (int r = 0; r < chunks.length; r++) {
                float[] row = chunks[r];
                int count = lanes + (frame - 1 - r) / hop;
                transpose(wave, start + r, hop, row, count);
                if (r < tail) {
                    add(tailSums, row, columns);
                }
                add(fullSums, row, count);
            }
            System.arraycopy(chunks[0], 0, firstSamples, 0, lanes);
            for (int l = 0; l < lanes; l++) {
                float sum = tailSums[l + extraColumns];
                for (int q = 0; q < extraColumns; q++) {
                    sum += fullSums[l + q];
                }
                offsets[l] = (1 - PREEMPHASIS) * (sum / frame);
            }
            for (int r = chunks.length - 1; r > 0; r--) {
                subtractScaled(chunks[r], chunks[r - 1], columns);
            }
            for (int c = 0; c < columns; c++) {
                int previous = start + c * hop - 1;
                if (previous >= from && previous < wave.length) {
                    chunks[0][c] -= PREEMPHASIS * wave[previous];
                }
            }
        }

        /** Windowed frames, sample by sample, zeros up to the FFT's length. */
        void window(int lanes) {
            for (int n = 0; n < filters.fftSize(); n++) {
                float[] row = mel.samples(n);
                if (n >= frame) {
                    Arrays.fill(row, 0, lanes, 0f);
                } else if (n == 0) {
                    scaleFirst(row, lanes);
                } else {
                    System.arraycopy(chunks[n % hop], n / hop, row, 0, lanes);
                    centreAndScale(row, offsets, window[n], lanes);
                }
            }
        }

        /** A frame's first sample has no predecessor and is its own: {@code y_0 = x_0 - 0.97 x_0}. */
        private void scaleFirst(float[] row, int lanes) {
            for (int l = 0; l < lanes; l++) {
                row[l] = window[0] * ((1 - PREEMPHASIS) * firstSamples[l] - offsets[l]);
            }
        }
    }

    private static void transpose(float[] wave, int start, int stride, float[] row, int count) {
        for (int c = 0; c < count; c++) {
            row[c] = wave[start + c * stride];
        }
    }

    private static void add(float[] sums, float[] row, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += row[i];
        }
    }

    private static void subtractScaled(float[] row, float[] previous, int count) {
        for (int i = 0; i < count; i++) {
            row[i] -= PREEMPHASIS * previous[i];
        }
    }

    private static void centreAndScale(float[] row, float[] offsets, float scale, int count) {
        for (int i = 0; i < count; i++) {
            row[i] = scale * (row[i] - offsets[i]);
        }
    }
}

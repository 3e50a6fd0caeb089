package org.sslam.audio.synth;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The kinds of events that a soundscape may hold, each drawn anew in pitch, timbre, envelope and length.
 *
 * <p>All arithmetic uses StrictMath, so that an event is equal to the bit on every machine.
 */
public enum EventClass {
    /** Steady tone with a few soft harmonics and tremolo. */
    SINE_TONE("sine_tone", 0.5, 2.5, TonalVoices::tone),
    /** Exponential sweep upwards. */
    CHIRP_UP("chirp_up", 0.3, 1.5, TonalVoices::chirpUp),
    /** Exponential sweep downwards. */
    CHIRP_DOWN("chirp_down", 0.3, 1.5, TonalVoices::chirpDown),
    /** Wailing pitch, up and down. */
    SIREN("siren", 1.0, 3.5, TonalVoices::siren),
    /** Square wave with vibrato. */
    BUZZER("buzzer", 0.4, 2.0, TonalVoices::buzzer),
    /** Frequency-modulated high whistles with pauses. */
    BIRD("bird", 0.6, 2.5, TonalVoices::bird),
    /** Karplus-Strong strings, plucked once or more. */
    PLUCK("pluck", 0.5, 2.0, StruckVoices::pluck),
    /** Inharmonic partials that die away. */
    BELL("bell", 0.8, 3.0, StruckVoices::bell),
    /** A few damped thuds. */
    KNOCK("knock", 0.4, 1.5, StruckVoices::knock),
    /** A train of short clicks. */
    CLICKS("clicks", 0.5, 2.5, StruckVoices::clicks),
    /** Noise through a band-pass. */
    NOISE_BAND("noise_band", 0.4, 2.5, NoiseVoices::band),
    /** Bubbles over gusts of filtered noise. */
    WATER("water", 0.8, 3.0, NoiseVoices::water),
    /** Slowly swelling low noise. */
    WIND("wind", 1.0, 3.5, NoiseVoices::wind),
    /** Low pulses with rumble. */
    ENGINE("engine", 1.0, 3.5, NoiseVoices::engine),
    /** A sung vowel: pulses through three formants. */
    VOWEL("vowel", 0.4, 1.8, VowelVoice::render);

    private final String label;
    private final double minSeconds;
    private final double maxSeconds;
    private final Voice voice;

    EventClass(String label, double minSeconds, double maxSeconds, Voice voice) {
        this.label = label;
        this.minSeconds = minSeconds;
        this.maxSeconds = maxSeconds;
        this.voice = voice;
    }

    /** The label as manifests write it. */
    public String label() {
        return label;
    }

    /** Shortest natural length. */
    public double minSeconds() {
        return minSeconds;
    }

    /** Longest natural length. */
    public double maxSeconds() {
        return maxSeconds;
    }

    /** All labels in the order of this enumeration. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(EventClass::label).toList();
    }

    /**
     * Renders one event with soft edges and a root mean square of 1.
     *
     * @param random decides everything that varies
     * @param sampleRateHz samples a second, at least 8000
     * @param samples length
     */
    public float[] render(SplittableRandom random, int sampleRateHz, int samples) {
        float[] event = voice.render(random, sampleRateHz, samples);
        Signals.fade(event, sampleRateHz * 8 / 1000);
        Signals.scaleToRms(event, 1);
        return event;
    }
}

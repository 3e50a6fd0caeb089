package org.sslam.audio.synth;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One synthesised clip with the truth about it.
 *
 * @param samples mono, within [-1, 1]
 * @param sampleRateHz samples a second
 * @param events what sounds when, by start
 */
public record Soundscape(float[] samples, int sampleRateHz, List<Event> events) {
    /** Copies the list. */
    public Soundscape {
        events = List.copyOf(events);
    }

    /**
     * One event.
     *
     * @param label its class
     * @param startSeconds where it begins
     * @param endSeconds where it ends
     * @param snrDb its level over the background, both as root mean square over the event's length
     */
    public record Event(String label, double startSeconds, double endSeconds, double snrDb) {}

    /** The classes heard, in alphabetical order. */
    public Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        events.forEach(event -> labels.add(event.label()));
        return labels;
    }
}

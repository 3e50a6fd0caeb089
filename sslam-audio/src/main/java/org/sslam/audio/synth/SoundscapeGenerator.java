package org.sslam.audio.synth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.sslam.core.random.Draws;
import org.sslam.core.random.Seeds;

/** Makes soundscapes; each is a pure function of (spec, seed, index), equal to the bit on every machine. */
public final class SoundscapeGenerator {
    private static final int PLACEMENT_TRIES = 100;
    private static final double CEILING = 0.98;

    private SoundscapeGenerator() {}

    private record Placed(EventClass kind, int from, int to) {}

    /**
     * Makes one soundscape.
     *
     * @param spec what to make
     * @param seed of the whole set
     * @param index number of the clip in the set
     */
    public static Soundscape generate(SoundscapeSpec spec, long seed, long index) {
        int rateHz = spec.sampleRateHz();
        int samples = spec.samples();
        SplittableRandom random = Seeds.random(seed, "soundscape", index);
        double backgroundRms = Signals.fromDb(spec.backgroundDb());
        float[] mix =
                spec.background().render(Seeds.random(seed, "soundscape-background", index), samples, backgroundRms);
        List<Placed> placed = new ArrayList<>();
        List<Soundscape.Event> events = new ArrayList<>();
        for (EventClass kind : kinds(spec, random, index)) {
            Placed place = place(spec, kind, placed, random);
            placed.add(place);
            double snrDb = Signals.uniform(random, spec.snrLowDb(), spec.snrHighDb());
            float[] event = kind.render(
                    Seeds.random(seed, "soundscape-event", index, placed.size()), rateHz, place.to() - place.from());
            double gain = backgroundRms * Signals.fromDb(snrDb);
            for (int i = 0; i < event.length; i++) {
                mix[place.from() + i] += (float) (event[i] * gain);
            }
            events.add(new Soundscape.Event(
                    kind.label(), place.from() / (double) rateHz, place.to() / (double) rateHz, snrDb));
        }
        limit(mix);
        events.sort(Comparator.comparingDouble(Soundscape.Event::startSeconds));
        return new Soundscape(mix, rateHz, events);
    }

    /** Different classes for one clip; the first takes turns through all classes if the set is to be balanced. */
    private static List<EventClass> kinds(SoundscapeSpec spec, SplittableRandom random, long index) {
        EventClass[] all = EventClass.values();
        int count = Signals.between(random, spec.minEvents(), spec.maxEvents());
        List<EventClass> kinds = new ArrayList<>();
        if (spec.balanced() && count > 0) {
            kinds.add(all[(int) Math.floorMod(index, (long) all.length)]);
        }
        for (int choice : Draws.permutation(random, all.length)) {
            if (kinds.size() < count && !kinds.contains(all[choice])) {
                kinds.add(all[choice]);
            }
        }
        return kinds;
    }

    /** Draws a length and a start that keep within maxOverlap; a length that finds no room is halved. */
    private static Placed place(SoundscapeSpec spec, EventClass kind, List<Placed> placed, SplittableRandom random) {
        int samples = spec.samples();
        double seconds =
                Math.min(Signals.uniform(random, kind.minSeconds(), kind.maxSeconds()), spec.longestEventSeconds());
        for (int length = Math.max(2, (int) (seconds * spec.sampleRateHz())); length > 1; length /= 2) {
            for (int attempt = 0; attempt < PLACEMENT_TRIES; attempt++) {
                int from = Signals.below(random, samples - length + 1);
                if (overlap(placed, from, from + length) < spec.maxOverlap()) {
                    return new Placed(kind, from, from + length);
                }
            }
        }
        throw new IllegalStateException("no room left for an event of " + kind.label() + " in " + spec);
    }

    /** The largest number of events that sound at once somewhere in [from, to). */
    private static int overlap(List<Placed> placed, int from, int to) {
        int most = 0;
        for (Placed start : placed) {
            int at = Math.max(start.from(), from);
            if (at < to && at < start.to()) {
                int together = 0;
                for (Placed other : placed) {
                    together += other.from() <= at && at < other.to() ? 1 : 0;
                }
                most = Math.max(most, together);
            }
        }
        return most;
    }

    /** Turns the whole clip down if it would clip; all signal-to-noise ratios stay. */
    private static void limit(float[] mix) {
        double peak = 0;
        for (float sample : mix) {
            peak = Math.max(peak, Math.abs(sample));
        }
        if (peak > CEILING) {
            Signals.scale(mix, CEILING / peak);
        }
    }
}

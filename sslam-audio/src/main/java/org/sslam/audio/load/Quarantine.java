package org.sslam.audio.load;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.QuarantineLimit;
import org.sslam.core.UserException;

/** Remembers broken files, names each once, and says when there are too many. */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final int NAMED = 3;

    private final ConcurrentMap<Integer, Quarantined> broken = new ConcurrentHashMap<>();
    private volatile List<Quarantined> sorted = List.of();
    private final String source;
    private final int clips;
    private final QuarantineLimit limit;

    Quarantine(String source, int clips, QuarantineLimit limit) {
        this.source = source;
        this.clips = clips;
        this.limit = limit;
    }

    boolean holds(int index) {
        return broken.containsKey(index);
    }

    /**
     * Puts a clip away.
     *
     * @throws UserException if more files are broken than the limit bears
     */
    void add(int index, Clip clip, String reason) {
        Quarantined entry = new Quarantined(index, clip.id(), clip.path(), reason);
        if (broken.putIfAbsent(index, entry) == null) {
            LOG.debug("clip left out, another takes its place: {}", entry);
        }
        if (limit.isExceededBy(broken.size(), clips)) {
            throw tooMany(" cannot be decoded, more than the limit of " + limit);
        }
    }

    /** What to throw when no clip is left to take a broken one's place. */
    UserException nothingLeft() {
        return tooMany(" cannot be decoded, none is left");
    }

    /** Asked after every step, so that it is sorted anew only when a clip has come. */
    List<Quarantined> list() {
        List<Quarantined> known = sorted;
        if (known.size() != broken.size()) {
            known = List.copyOf(broken.values().stream()
                    .sorted(Comparator.comparingInt(Quarantined::index))
                    .toList());
            sorted = known;
        }
        return known;
    }

    private UserException tooMany(String problem) {
        List<Quarantined> all = list();
        String first = all.stream().limit(NAMED).map(Quarantined::toString).collect(Collectors.joining("; "));
        return new UserException(all.size() + " of " + clips + " clips of " + source + problem + ": " + first
                + "; look for more with 'data verify', or raise data.quarantineLimit");
    }
}

package org.sslam.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.sslam.core.UserException;

/**
 * The number of attention heads, which no tensor tells: what the user says, what stands in the file or beside it, or what
 * the published networks of that width have.
 *
 * @param count of heads
 * @param note where the number is from, unless the user said it
 */
record NumberOfHeads(long count, Optional<String> note) {
    private static final String BESIDE = "config:";
    private static final String OWN = BESIDE + ConfigBeside.OWN_SECTION;

    /**
     * Finds it.
     *
     * @param user what the user says
     * @param values texts and numbers of the file
     * @param kind names the paths of such values, and after {@code config:} those beside the file
     * @throws UserException if nothing says it, or the width does not divide by it
     */
    static NumberOfHeads of(
            OptionalInt user, Map<String, String> values, ConfigBeside beside, WeightKind kind, long width) {
        if (user.isPresent()) {
            return checked(user.getAsInt(), Optional.empty(), width);
        }
        for (String hint : kind.headHints()) {
            OptionalLong found = hint.startsWith(BESIDE) ? number(node(beside, hint)) : number(values.get(hint));
            if (found.isPresent()) {
                String where = hint.startsWith(BESIDE) ? WeightFile.CONFIG : "the file's own configuration";
                return checked(found.getAsLong(), note(found.getAsLong(), where), width);
            }
        }
        Integer published = kind.layout().heads().get(Long.toString(width));
        if (published == null) {
            throw new UserException("nothing says how many attention heads a "
                    + kind.layout().title() + " network " + width + " wide has; say it with --heads");
        }
        return checked(published, note(published, "the published network of that width"), width);
    }

    private static JsonNode node(ConfigBeside beside, String hint) {
        return hint.startsWith(OWN)
                ? beside.own(hint.substring(OWN.length()))
                : beside.published("/" + hint.substring(BESIDE.length()));
    }

    private static NumberOfHeads checked(long heads, Optional<String> note, long width) {
        if (heads < 1 || width % heads != 0) {
            throw new UserException(
                    "a width of " + width + " does not divide by " + heads + " attention heads; change --heads");
        }
        return new NumberOfHeads(heads, note);
    }

    private static Optional<String> note(long heads, String where) {
        return Optional.of(heads + " attention heads, as " + where + " has them");
    }

    private static OptionalLong number(JsonNode node) {
        return node.isIntegralNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    private static OptionalLong number(String text) {
        boolean whole = text != null && text.matches("[0-9]{1,6}");
        return whole ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}

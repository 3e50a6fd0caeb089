package org.sslam.eval.report.input;

import java.util.function.Consumer;

/** Tells of clips that cannot be read: the first few one by one, the others as a number. */
final class LeftOut {
    private static final int NAMED = 3;

    private final String what;
    private final Consumer<String> notices;
    private int count;

    /** @param what begins every line, for example {@code not shown} */
    LeftOut(String what, Consumer<String> notices) {
        this.what = what;
        this.notices = notices;
    }

    void add(String clipAndReason) {
        count++;
        if (count <= NAMED) {
            notices.accept(what + ": " + clipAndReason);
        }
    }

    /** To be called when all clips were tried. */
    void tellOthers() {
        if (count > NAMED) {
            notices.accept(what + ": " + (count - NAMED) + " more clips that cannot be read");
        }
    }
}

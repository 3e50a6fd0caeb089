package org.sslam.core.io.torch;

import java.util.ArrayList;
import java.util.List;
import org.sslam.core.UserException;

/** The stack of a pickle, and the number of objects that were ever put on it or copied, which is limited. */
final class PickleStack {
    static final int MAX_OBJECTS = 1_000_000;

    private static final Object MARK = new Object();

    private final Damage damage;
    private final List<Object> objects = new ArrayList<>();
    private long charged;

    PickleStack(Damage damage) {
        this.damage = damage;
    }

    /**
     * Counts objects that are about to be made.
     *
     * @throws UserException if there are too many by now
     */
    void charge(long count) {
        charged += count;
        if (charged > MAX_OBJECTS) {
            throw damage.because("it has more than " + MAX_OBJECTS + " objects");
        }
    }

    void push(Object value) {
        charge(1);
        objects.add(value);
    }

    void mark() {
        push(MARK);
    }

    /** The uppermost object, which stays. */
    Object peek() {
        if (objects.isEmpty() || objects.get(objects.size() - 1) == MARK) {
            throw underflow();
        }
        return objects.get(objects.size() - 1);
    }

    Object pop() {
        Object top = peek();
        objects.remove(objects.size() - 1);
        return top;
    }

    List<Object> pop(int count) {
        return popFrom(objects.size() - count);
    }

    List<Object> popToMark() {
        int mark = objects.lastIndexOf(MARK);
        if (mark < 0) {
            throw underflow();
        }
        List<Object> items = popFrom(mark + 1);
        objects.remove(mark);
        return items;
    }

    private List<Object> popFrom(int begin) {
        if (begin < 0) {
            throw underflow();
        }
        List<Object> top = objects.subList(begin, objects.size());
        List<Object> items = new ArrayList<>(top);
        if (items.contains(MARK)) {
            throw underflow();
        }
        top.clear();
        return items;
    }

    private UserException underflow() {
        return damage.because("its pickle takes more than it put down");
    }
}

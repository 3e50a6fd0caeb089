package org.sslam.core.io;

import java.util.Arrays;

/**
 * Where and what a stored tensor is.
 *
 * @param name its name in the file
 * @param dtype element type
 * @param shape sizes; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record TensorInfo(String name, DType dtype, long[] shape, long begin, long end) {
    /** Copies the shape. */
    public TensorInfo {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Bytes of the data. */
    public long bytes() {
        return end - begin;
    }

    /** Number of elements. */
    public long elements() {
        return bytes() / dtype.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorInfo that
                && name.equals(that.name)
                && dtype == that.dtype
                && Arrays.equals(shape, that.shape)
                && begin == that.begin
                && end == that.end;
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return name + " " + dtype + Arrays.toString(shape);
    }
}

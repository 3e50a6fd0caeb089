/** Tar archives of plain files, as far as data sets need them: a strict reader and a writer of reproducible bytes. */
package org.sslam.core.io.tar;

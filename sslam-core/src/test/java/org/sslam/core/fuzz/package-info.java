/** Feeds readers with damaged files: only our own refusals may come of it, soon and with little memory. */
package org.sslam.core.fuzz;

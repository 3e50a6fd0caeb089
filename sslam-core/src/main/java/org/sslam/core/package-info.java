/** What every module stands on: operators, modules, files, configuration, run directories and seeds. */
package org.sslam.core;

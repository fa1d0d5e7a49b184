/** A workbench that cannot run. */
process.stderr.write('lightbox: out of order\n');
process.exit(3);

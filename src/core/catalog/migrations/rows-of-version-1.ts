/** One row or more in every table of version 1, with every optional column once given and once not. */
export const rowsOfVersion1 = `
  INSERT INTO datasets VALUES (3, 'lungs', '/data/röntgen', 'covid-qu-ex', 'basic', x'00ff10', '{"layout":"covid-qu-ex"}', 1700000000000);
  INSERT INTO groups VALUES (5, 3, 'Train', 'Normal', 'lung'), (6, 3, '', '', '');
  INSERT INTO samples VALUES
    (10, 3, 5, 'Train/Normal (1).png', printf('%064d', 1), 51234, 1690000000123, 256, 256, 'f00d', '{"age":44}', NULL, NULL),
    (11, 3, 5, 'Train/copy.png', printf('%064d', 1), 51234, 1690000000124, 256, 256, 'f00d', '{}', 10, NULL),
    (12, 3, 6, 'broken.png', NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, 'It is cut off.');
  INSERT INTO masks VALUES (10, 'infection', 'm/1.png', 1, printf('%064d', 2)), (10, 'lung', 'm/2.png', NULL, NULL);
  INSERT INTO marks VALUES (1, 10, 'marker', '{"box":[1,2,3,4]}', 'reader A', 1700000000001);
  INSERT INTO tags VALUES (10, 'suspicious'), (12, 'suspicious');
`;

/** One row or more in every table that version 2 brought, for the samples of version 1. */
export const rowsOfVersion2 = `
  INSERT INTO models VALUES (2, printf('%064d', 7), 'resnet.onnx', NULL, '["COVID-19","Normal"]', printf('%064d', 8), '{}', 1700000000002),
    (4, printf('%064d', 9), 'vgg.onnx', 'VGG', '[]', NULL, '{"layers":16}', 1700000000003);
  INSERT INTO setups VALUES (1, 2, 'prediction', printf('%064d', 3), '{"resize":224}'), (2, 2, 'attribution', printf('%064d', 4), '{}'),
    (3, 2, 'concept', printf('%064d', 5), '{}');
  INSERT INTO origins VALUES (1, '0.1.0', 'webgpu', 'SwiftShader'), (2, '0.1.0', 'cpu', '');
  INSERT INTO predictions VALUES (1, 10, 5, 1, 0.875, x'0000803f00000040', x'0000003f0000003f', 1, 1700000000004),
    (1, 11, 5, 1, 0.875, x'0000803f00000040', x'0000003f0000003f', 1, 1700000000004);
  INSERT INTO attributions VALUES (7, 2, 10, 5, 'EpsilonPlusFlat', 1, 1.0, 0.9995, printf('%064d', 6), '{"milliseconds":125}', 2, 1700000000005);
  INSERT INTO concepts VALUES (8, 3, 10, 'layer3.2.conv2', x'0000803f', 2, 1700000000006);
`;

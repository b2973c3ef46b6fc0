-- Where direction means nothing a cell's roles are dealt by its key; its row and column were numbered as they had been told.
UPDATE "cell" c SET "row_number" = coalesce(x.rows, 0), "column_number" = coalesce(x.columns, 0)
FROM (
  SELECT k."id",
    (SELECT e."number" FROM jsonb_array_elements(k."parties") WITH ORDINALITY p (party, at) JOIN "entry" e ON e."id" = (p.party->>'entry')::uuid
     WHERE p.party->>'role' = split_part(k."signature", '+', 1) ORDER BY p.at LIMIT 1) AS rows,
    (SELECT e."number" FROM jsonb_array_elements(k."parties") WITH ORDINALITY p (party, at) JOIN "entry" e ON e."id" = (p.party->>'entry')::uuid
     WHERE p.party->>'role' = split_part(k."signature", '+', 2) ORDER BY p.at LIMIT 1) AS columns
  FROM "cell" k JOIN "test_case" t ON t."id" = k."test_case_id" WHERE NOT t."directional") x
WHERE c."id" = x."id" AND (c."row_number", c."column_number") IS DISTINCT FROM (coalesce(x.rows, 0), coalesce(x.columns, 0));

<?php
// What Help Scout's documentation tells receivers to compute. In: the body. The secret is in the variable SECRET.
echo base64_encode(hash_hmac('sha1', file_get_contents('php://stdin'), getenv('SECRET'), true));

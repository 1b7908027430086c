"""One X account: the only folder that knows tweepy. Only errors of ours leave it."""
